package io.tradingecosystem.audit.api.events;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.api.LiveStream;
import io.tradingecosystem.audit.api.QueryParameters;
import io.tradingecosystem.audit.api.SelectionParameters;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.json.EventJsonWriter;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Selection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Events as JSON, under {@code /api/v1/events}: a page, one, and those that come. */
public final class EventRoutes implements HttpService {
    private static final int DEFAULT_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;

    private final EventLog log;
    private final EventIndex index;
    private final EventAliases aliases;
    private final EventFinder finder;
    private final LiveStream<AuditEvent> stream =
            new LiveStream<>(
                    "event",
                    event -> new String(EventJsonWriter.bytes(event), StandardCharsets.UTF_8));

    /**
     * Answers from a log and its index.
     *
     * @param aliases the names that questions may use beside those that are stored
     * @param ticker monotonic time in nanoseconds
     */
    public EventRoutes(EventLog log, EventIndex index, EventAliases aliases, LongSupplier ticker) {
        this.log = log;
        this.index = index;
        this.aliases = aliases;
        this.finder = new EventFinder(index, ticker);
    }

    /** Ends the live streams. */
    public void end() {
        stream.end();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::page).get("/stream", this::stream).get("/{id}", this::one);
    }

    private void page(ServerRequest request, ServerResponse response) {
        QueryParameters query = parameters(request, "order", "limit", "page_token");
        Direction direction = query.choice("order", Direction.class).orElse(Direction.NEWEST_FIRST);
        Page page =
                finder.find(
                        filter(query),
                        direction,
                        query.whole("limit", DEFAULT_LIMIT, 1, HIGHEST_LIMIT),
                        query.text("page_token"),
                        () -> false);
        Answers.json(response, json -> write(page, json));
    }

    private static void write(Page page, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("events");
        for (AuditEvent event : page.events()) {
            EventJsonWriter.write(event, json);
        }
        json.writeEndArray();
        json.writeNumberField("count", page.events().size());
        json.writeStringField("next_page_token", page.nextPageToken());
        json.writeEndObject();
    }

    private void one(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        AuditEvent event =
                index.byId(id)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(
                                                        Kind.NOT_FOUND,
                                                        "There is no event " + id + ".")));
        Answers.json(response, json -> EventJsonWriter.write(event, json));
    }

    private void stream(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        QueryParameters query = parameters(request, "after");
        stream.send(new LiveEvents(log, filter(query)), query, request, response);
    }

    private QueryParameters parameters(ServerRequest request, String... others) {
        return QueryParameters.of(request, SelectionParameters.names(index.businessKeys(), others));
    }

    private EventFilter filter(QueryParameters query) {
        Map<String, String> businessKeys = new HashMap<>();
        for (String name : index.businessKeys()) {
            String value = query.text(name);
            if (!value.isEmpty()) {
                businessKeys.put(name, value);
            }
        }
        return new EventFilter(
                        query.text("trace_id"),
                        query.text("correlation_id"),
                        query.text("scenario_id"),
                        query.text("service"),
                        query.text("type"),
                        businessKeys,
                        query.time("from", Selection.BEGINNING),
                        query.time("to", Selection.END))
                .resolved(aliases);
    }
}
