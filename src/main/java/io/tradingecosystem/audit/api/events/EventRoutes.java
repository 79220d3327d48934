package io.tradingecosystem.audit.api.events;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.LiveStream;
import io.tradingecosystem.audit.api.RemovedEvents;
import io.tradingecosystem.audit.api.SelectionParameters;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.json.EventJsonWriter;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventLog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Events as JSON, under {@code /api/v1/events}: taken, and given as a page, one by one, and as they
 * come.
 */
public final class EventRoutes implements HttpService {
    private final EventPost post;
    private final EventLog log;
    private final EventIndex index;
    private final EventAliases aliases;
    private final EventFinder finder;
    private final RemovedEvents removed;
    private final LiveStream<AuditEvent> stream =
            new LiveStream<>(
                    "event",
                    event -> new String(EventJsonWriter.bytes(event), StandardCharsets.UTF_8));

    /**
     * Gives events to an intake, and answers from the log that they come into.
     *
     * @param ticker monotonic time in nanoseconds
     */
    public EventRoutes(Intake intake, EventLog log, EventIndex index, LongSupplier ticker) {
        this.post = new EventPost(intake);
        this.log = log;
        this.index = index;
        this.aliases = intake.aliases();
        this.finder = new EventFinder(index, ticker);
        this.removed = new RemovedEvents(index);
    }

    /** Ends the live streams. */
    public void end() {
        stream.end();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", QueryParameters.none(post::take))
                .get("/", this::page)
                .get("/stream", this::stream)
                .get("/{id}", QueryParameters.none(this::one));
    }

    private void page(ServerRequest request, ServerResponse response) {
        QueryParameters query = parameters(request, "order", "limit", "page_token");
        Direction direction = query.choice("order", Direction.class).orElse(Direction.NEWEST_FIRST);
        EventFilter filter = filter(query);
        Page page =
                finder.find(
                        filter,
                        direction,
                        query.limit(EventFinder.LIMIT),
                        query.pageToken(),
                        () -> false);
        boolean isNothing = query.pageToken().isEmpty() && page.events().isEmpty();
        removed.requireKept(filter.from(), filter.to(), isNothing);
        List<Omission> incomplete = removed.since(filter.from());
        Disclosures.events(page.events());
        Answers.json(response, json -> write(page, incomplete, query, json));
    }

    private static void write(
            Page page, List<Omission> incomplete, QueryParameters query, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("events");
        for (AuditEvent event : page.events()) {
            EventJsonWriter.write(event, json);
        }
        json.writeEndArray();
        json.writeNumberField("count", page.events().size());
        json.writeStringField("next_page_token", query.nextPageToken(page.nextPageToken()));
        Incomplete.write(incomplete, json);
        json.writeEndObject();
    }

    private void one(ServerRequest request, ServerResponse response) {
        String id = PathParameters.text(request, "id");
        AuditEvent event = index.byId(id).orElseThrow(() -> removed.unknown(id));
        Disclosures.event(event);
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
        return EventFilter.of(SelectionParameters.of(query, index.businessKeys(), aliases));
    }
}
