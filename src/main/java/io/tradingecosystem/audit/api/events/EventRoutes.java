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
import io.tradingecosystem.audit.api.events.EventFinder.Question;
import io.tradingecosystem.audit.api.events.Found.Scanned;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.event.json.EventJsonWriter;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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

    /** Gives events to an intake, and answers from the log that they come into. */
    public EventRoutes(Intake intake, EventLog log, EventIndex index, EventFinder finder) {
        this.post = new EventPost(intake);
        this.log = log;
        this.index = index;
        this.aliases = intake.aliases();
        this.finder = finder;
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
        EventFilter filter = filter(query);
        Question question =
                new Question(
                        filter,
                        query.choice("order", EventOrder.class).orElse(EventOrder.NEWEST_FIRST),
                        query.limit(EventFinder.LIMIT),
                        query.pageToken());
        Answers.json(
                response,
                finder.ticker(),
                gone -> found(question, gone, response),
                (page, json) -> write(page, incomplete(page, filter), query, json));
    }

    private Found found(Question question, BooleanSupplier gone, ServerResponse response) {
        Found page = finder.find(question, gone);
        EventFilter filter = question.filter();
        // An answer that has begun says what was removed, but has no status of its own any more.
        boolean isNothing = question.isFirst() && page.isNothing() && !response.isSent();
        removed.requireKept(filter.from(), filter.to(), isNothing);
        Disclosures.events(page.events());
        return page;
    }

    private List<Omission> incomplete(Found page, EventFilter filter) {
        return Omission.all(removed.since(filter.from()).stream(), page.unread(filter).stream());
    }

    private static void write(
            Found page, List<Omission> incomplete, QueryParameters query, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("events");
        for (AuditEvent event : page.events()) {
            EventJsonWriter.write(event, json);
        }
        json.writeEndArray();
        json.writeNumberField("count", page.events().size());
        json.writeStringField("next_page_token", query.nextPageToken(page.nextPageToken()));
        if (page.scanned().isPresent()) {
            write(page.scanned().get(), json);
        }
        Incomplete.write(incomplete, json);
        json.writeEndObject();
    }

    private static void write(Scanned scanned, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("scanned");
        json.writeNumberField("events", scanned.events());
        if (scanned.reached().isPresent()) {
            json.writeStringField("reached", Times.format(scanned.reached().get()));
        }
        json.writeStringField("end", scanned.end().name());
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
        String[] more =
                Stream.concat(EventConditions.names(), Arrays.stream(others))
                        .toArray(String[]::new);
        return QueryParameters.of(request, SelectionParameters.names(index.businessKeys(), more));
    }

    private EventFilter filter(QueryParameters query) {
        Set<String> business = index.businessKeys();
        return EventFilter.of(
                SelectionParameters.of(query, business, aliases),
                EventConditions.of(query, business, aliases));
    }
}
