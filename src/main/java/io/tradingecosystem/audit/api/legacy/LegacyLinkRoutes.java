package io.tradingecosystem.audit.api.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.Tellers;
import io.tradingecosystem.audit.api.TimeRange;
import io.tradingecosystem.audit.api.links.LinkBody;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.GoDurations;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkExistsException;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.server.http.RequestBodies;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Links as clients of the older service know them: {@code /api/v1/audit/correlations}. Their
 * answers have no pages: past {@value #MAX_LINKS} links the header {@code audit-incomplete} says
 * so.
 */
public final class LegacyLinkRoutes implements HttpService {
    private static final int MAX_LINKS = 10_000;
    private static final String SOURCE = "source_event_id";
    private static final String TARGET = "target_event_id";
    private static final String TYPE = "correlation_type";
    private static final String CONFIDENCE = "confidence";

    private final LinkService links;
    private final InstantSource clock;
    private final int max;

    /** Shows the links that are found. */
    public LegacyLinkRoutes(LinkService links, InstantSource clock) {
        this(links, clock, MAX_LINKS);
    }

    /**
     * Shows the links that are found.
     *
     * @param max at most so many in one answer
     */
    public LegacyLinkRoutes(LinkService links, InstantSource clock, int max) {
        this.links = links;
        this.clock = clock;
        this.max = max;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::list).post("/", this::create);
    }

    private void list(ServerRequest request, ServerResponse response) {
        QueryParameters parameters = QueryParameters.lenient(request);
        Duration window = TimeWindow.of(parameters);
        Instant from = TimeRange.since(window, clock.instant());
        Progress progress = links.progress().now();
        LinkPage page = since(from);
        List<Link> found = page.links();
        Disclosures.items(found.size());
        Incomplete.head(
                Omission.all(
                        Omission.when(!page.nextPageToken().isEmpty(), Bound.LIST_SIZE),
                        links.incomplete(query(from)).stream()),
                response);
        Answers.json(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("status", "success");
                    json.writeArrayFieldStart("correlations");
                    for (Link link : found) {
                        json.writeString(LegacyLinkJson.text(link));
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("links");
                    for (Link link : found) {
                        LegacyLinkJson.write(link, json);
                    }
                    json.writeEndArray();
                    json.writeNumberField("count", found.size());
                    ProgressAnswers.write("links", progress, json);
                    json.writeStringField("time_window", GoDurations.format(window));
                    json.writeEndObject();
                });
    }

    private LinkPage since(Instant from) {
        LinkQuery query = query(from);
        LinkPage page = links.list(query);
        List<Link> found = new ArrayList<>(page.links());
        while (!page.nextPageToken().isEmpty() && found.size() < max) {
            page = links.list(query.of(onPage(found.size())).from(page.nextPageToken()));
            found.addAll(page.links());
        }
        return new LinkPage(found, page.nextPageToken());
    }

    private LinkQuery query(Instant from) {
        return new LinkQuery("", Optional.empty(), "", from, Selection.END, onPage(0), "");
    }

    private int onPage(int found) {
        return Math.min(LinkQuery.MAX_ON_PAGE, max - found);
    }

    private void create(ServerRequest request, ServerResponse response) {
        JsonNode body = withoutZeroConfidence(RequestBodies.json(request, JsonNode.class));
        Link link = createOrFind(body, Tellers.of(request));
        Disclosures.act(link);
        response.status(Status.CREATED_201);
        Answers.json(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("status", "success");
                    json.writeFieldName("correlation");
                    LegacyLinkJson.write(link, json);
                    json.writeEndObject();
                });
    }

    /** Clients written in Go send 0 where they mean nothing. */
    private static JsonNode withoutZeroConfidence(JsonNode body) {
        if (body instanceof ObjectNode object
                && object.path(CONFIDENCE).isNumber()
                && object.path(CONFIDENCE).doubleValue() == 0) {
            object.remove(CONFIDENCE);
        }
        return body;
    }

    /** What is told twice is there once, and told as before. */
    private Link createOrFind(JsonNode body, Teller teller) {
        try {
            return links.create(LinkBody.link(body, SOURCE, TARGET, TYPE), teller);
        } catch (LinkExistsException e) {
            return find(body).orElseThrow(() -> e);
        }
    }

    private Optional<Link> find(JsonNode body) {
        LinkQuery query =
                new LinkQuery(
                        body.path(TYPE).textValue(),
                        Optional.of(Link.Kind.MANUAL),
                        body.path(TARGET).textValue(),
                        Selection.BEGINNING,
                        Selection.END,
                        LinkQuery.MAX_ON_PAGE,
                        "");
        String source = body.path(SOURCE).textValue();
        LinkPage page = links.list(query);
        while (true) {
            Optional<Link> found =
                    page.links().stream().filter(each -> each.causeId().equals(source)).findFirst();
            if (found.isPresent() || page.nextPageToken().isEmpty()) {
                return found;
            }
            page = links.list(query.from(page.nextPageToken()));
        }
    }
}
