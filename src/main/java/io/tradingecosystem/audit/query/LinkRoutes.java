package io.tradingecosystem.audit.query;

import com.fasterxml.jackson.databind.JsonNode;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.correlation.InvalidLinkException;
import io.tradingecosystem.audit.correlation.Link;
import io.tradingecosystem.audit.correlation.LinkExistsException;
import io.tradingecosystem.audit.correlation.Links;
import io.tradingecosystem.audit.correlation.Links.Page;
import io.tradingecosystem.audit.correlation.Links.Query;
import io.tradingecosystem.audit.server.Problem;
import io.tradingecosystem.audit.server.Problem.Kind;
import io.tradingecosystem.audit.server.ProblemException;
import io.tradingecosystem.audit.server.RequestBodies;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Links under {@code /api/v1}: listed, told, watched; and the paths by which clients of the older
 * service know them, {@code /audit/correlations}.
 */
public final class LinkRoutes implements HttpService {
    private static final int USUAL_LIMIT = 100;
    private static final int MOST_OLDER = 10_000;
    private static final Duration USUAL_WINDOW = Duration.ofHours(1);

    private final Links links;
    private final InstantSource clock;
    private final LiveStream<Link> stream;

    /** Shows the links that are found. */
    public LinkRoutes(Links links, InstantSource clock) {
        this.links = links;
        this.clock = clock;
        this.stream = new LiveStream<>("link", CorrelationJson::text);
    }

    /** Ends the live streams. */
    public void end() {
        stream.end();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/links", this::list)
                .post("/links", this::create)
                .get("/links/stream", this::watch)
                .get("/audit/correlations", this::older)
                .post("/audit/correlations", this::createOlder);
    }

    private void list(ServerRequest request, ServerResponse response) {
        QueryParameters query =
                QueryParameters.of(
                        request, "rule", "kind", "event_id", "from", "to", "limit", "page_token");
        Page page =
                page(
                        new Query(
                                query.text("rule"),
                                query.choice("kind", Link.Kind.class),
                                query.text("event_id"),
                                query.time("from", Selection.BEGINNING),
                                query.time("to", Selection.END),
                                query.whole("limit", USUAL_LIMIT, 1, Links.MOST_ON_PAGE),
                                query.text("page_token")));
        Answers.json(
                response,
                json -> {
                    json.writeStartObject();
                    CorrelationJson.write("links", page.links(), json);
                    json.writeNumberField("count", page.links().size());
                    json.writeStringField("next_page_token", page.nextPageToken());
                    json.writeEndObject();
                });
    }

    private Page page(Query query) {
        try {
            return links.list(query);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(Kind.INVALID, String.valueOf(e.getMessage())));
        }
    }

    private void create(ServerRequest request, ServerResponse response) {
        JsonNode body = RequestBodies.json(request, JsonNode.class);
        Link link =
                create(
                        text(body, "cause_id"),
                        text(body, "effect_id"),
                        text(body, "type"),
                        confidence(body));
        response.status(Status.CREATED_201);
        Answers.json(response, json -> CorrelationJson.write(link, json));
    }

    private Link create(String cause, String effect, String type, double confidence) {
        try {
            return links.create(cause, effect, type, confidence);
        } catch (InvalidLinkException e) {
            throw new ProblemException(Problem.of(Kind.INVALID, String.valueOf(e.getMessage())));
        } catch (LinkExistsException e) {
            throw new ProblemException(Problem.of(Kind.CONFLICT, String.valueOf(e.getMessage())));
        }
    }

    private void watch(ServerRequest request, ServerResponse response) throws InterruptedException {
        stream.send(new LiveLinks(links), QueryParameters.of(request, "after"), request, response);
    }

    private void older(ServerRequest request, ServerResponse response) {
        Duration window =
                QueryParameters.of(request, "time_window").duration("time_window", USUAL_WINDOW);
        Instant now = clock.instant();
        // An instant that far back is before any event.
        Instant from =
                window.compareTo(Duration.between(Selection.BEGINNING, now)) > 0
                        ? Selection.BEGINNING
                        : now.minus(window);
        List<Link> found = new ArrayList<>();
        Query query =
                new Query("", Optional.empty(), "", from, Selection.END, Links.MOST_ON_PAGE, "");
        Page page = page(query);
        found.addAll(page.links());
        while (!page.nextPageToken().isEmpty() && found.size() < MOST_OLDER) {
            page = page(query.from(page.nextPageToken()));
            found.addAll(page.links());
        }
        String asked = QueryParameters.of(request, "time_window").text("time_window");
        Answers.json(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("status", "success");
                    json.writeArrayFieldStart("correlations");
                    for (Link link : found) {
                        OlderLinkJson.write(link, json);
                    }
                    json.writeEndArray();
                    json.writeNumberField("count", found.size());
                    json.writeStringField("time_window", asked.isEmpty() ? "1h" : asked);
                    json.writeEndObject();
                });
    }

    private void createOlder(ServerRequest request, ServerResponse response) {
        JsonNode body = RequestBodies.json(request, JsonNode.class);
        Link link =
                create(
                        text(body, "source_event_id"),
                        text(body, "target_event_id"),
                        text(body, "correlation_type"),
                        confidence(body));
        response.status(Status.CREATED_201);
        Answers.json(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("status", "success");
                    json.writeFieldName("correlation");
                    OlderLinkJson.write(link, json);
                    json.writeEndObject();
                });
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new ProblemException(
                    Problem.of(Kind.INVALID, "The body has no " + name + "; it is a text."));
        }
        return value.textValue();
    }

    private static double confidence(JsonNode body) {
        JsonNode value = body.path("confidence");
        if (value.isMissingNode() || value.isNull()) {
            return 1;
        }
        if (!value.isNumber()) {
            throw new ProblemException(
                    Problem.of(Kind.INVALID, "The body's confidence is a number over 0 up to 1."));
        }
        return value.doubleValue();
    }
}
