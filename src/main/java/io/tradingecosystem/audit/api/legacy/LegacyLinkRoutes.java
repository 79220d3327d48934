package io.tradingecosystem.audit.api.legacy;

import com.fasterxml.jackson.databind.JsonNode;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.TimeRange;
import io.tradingecosystem.audit.api.links.LinkBody;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
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

/** Links as clients of the older service know them: {@code /api/v1/audit/correlations}. */
public final class LegacyLinkRoutes implements HttpService {
    private static final int MAX_LINKS = 10_000;
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(1);

    private final LinkService links;
    private final InstantSource clock;

    /** Shows the links that are found. */
    public LegacyLinkRoutes(LinkService links, InstantSource clock) {
        this.links = links;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::list).post("/", this::create);
    }

    private void list(ServerRequest request, ServerResponse response) {
        QueryParameters parameters = QueryParameters.of(request, "time_window");
        Duration window = parameters.duration("time_window", DEFAULT_WINDOW);
        Instant from = TimeRange.since(window, clock.instant());
        List<Link> found = new ArrayList<>();
        LinkQuery query =
                new LinkQuery(
                        "", Optional.empty(), "", from, Selection.END, LinkQuery.MAX_ON_PAGE, "");
        Progress progress = links.progress().now();
        LinkPage page = links.list(query);
        found.addAll(page.links());
        while (!page.nextPageToken().isEmpty() && found.size() < MAX_LINKS) {
            page = links.list(query.from(page.nextPageToken()));
            found.addAll(page.links());
        }
        String asked = parameters.text("time_window");
        Answers.json(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("status", "success");
                    json.writeArrayFieldStart("correlations");
                    for (Link link : found) {
                        LegacyLinkJson.write(link, json);
                    }
                    json.writeEndArray();
                    json.writeNumberField("count", found.size());
                    ProgressAnswers.write("links", progress, json);
                    json.writeStringField("time_window", asked.isEmpty() ? "1h" : asked);
                    json.writeEndObject();
                });
    }

    private void create(ServerRequest request, ServerResponse response) {
        JsonNode body = RequestBodies.json(request, JsonNode.class);
        Link link =
                LinkBody.create(
                        links, body, "source_event_id", "target_event_id", "correlation_type");
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
}
