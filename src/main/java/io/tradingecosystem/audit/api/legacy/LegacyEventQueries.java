package io.tradingecosystem.audit.api.legacy;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.RemovedEvents;
import io.tradingecosystem.audit.api.TimeRange;
import io.tradingecosystem.audit.api.events.EventFilter;
import io.tradingecosystem.audit.api.events.EventFinder;
import io.tradingecosystem.audit.api.events.EventFinder.Question;
import io.tradingecosystem.audit.api.events.Found;
import io.tradingecosystem.audit.api.legacy.LegacyEventJson.Correlated;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.GoDurations;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.Selection;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The questions of the older service's clients, under {@code /api/v1/audit/events}. Their answers
 * had no pages: past {@value #MAX_EVENTS} events the answer says {@code "truncated":true}. The
 * header {@code audit-incomplete} says it too, and whether an event is linked to more than it
 * names; {@code links_progress} says which events it may know no links of yet.
 */
public final class LegacyEventQueries implements HttpService {
    private static final int MAX_EVENTS = 1_000;

    private final EventFinder finder;
    private final RemovedEvents removed;
    private final EventAliases aliases;
    private final LegacyEventJson events;
    private final Supplier<Progress> progress;
    private final InstantSource clock;

    /**
     * Answers from an index.
     *
     * @param aliases the names that questions may use beside those that are stored
     * @param links gives what an event is correlated to
     * @param progress how far links have come, at any time
     * @param clock the end of a time window
     */
    public LegacyEventQueries(
            EventIndex index,
            EventAliases aliases,
            LinkIndex links,
            Supplier<Progress> progress,
            InstantSource clock,
            EventFinder finder) {
        this.finder = finder;
        this.removed = new RemovedEvents(index);
        this.aliases = aliases;
        this.events = new LegacyEventJson(links);
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/trace/{trace_id}", this::trace).get("/service", this::service);
    }

    private void trace(ServerRequest request, ServerResponse response) {
        String traceId = PathParameters.text(request, "trace_id");
        EventFilter filter =
                filter(Map.of("trace_id", traceId), Selection.BEGINNING, Selection.END);
        answer(response, filter, Direction.OLDEST_FIRST, Map.of("trace_id", traceId));
    }

    private void service(ServerRequest request, ServerResponse response) {
        QueryParameters query = QueryParameters.lenient(request);
        String service = query.required("service_name");
        String type = query.text("event_type");
        Duration window = TimeWindow.of(query);
        EventFilter filter =
                filter(
                        Map.of("service", service, "type", type),
                        TimeRange.since(window, clock.instant()),
                        Selection.END);
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("service_name", service);
        asked.put("event_type", type);
        asked.put("time_window", GoDurations.format(window));
        answer(response, filter, Direction.NEWEST_FIRST, asked);
    }

    private EventFilter filter(Map<String, String> asked, Instant from, Instant to) {
        return new EventFilter(
                Selection.Key.named(name -> asked.getOrDefault(name, ""), Map.of(), aliases),
                from,
                to);
    }

    private Page find(EventFilter filter, Direction direction) {
        Found found = finder.find(Question.of(filter, direction, MAX_EVENTS), () -> false);
        return new Page(found.events(), found.nextPageToken());
    }

    private void answer(
            ServerResponse response,
            EventFilter filter,
            Direction direction,
            Map<String, String> asked) {
        Progress linked = progress.get();
        Page page = find(filter, direction);
        Disclosures.events(page.events());
        List<Correlated> correlated = events.correlated(page.events());
        boolean more = !page.nextPageToken().isEmpty();
        Incomplete.head(
                Omission.all(
                        Omission.when(more, Bound.LIST_SIZE),
                        Omission.when(
                                correlated.stream().anyMatch(Correlated::cut),
                                Bound.LINKS_OF_EVENT),
                        Stream.concat(
                                        removed.since(filter.from()).stream(),
                                        events.missingLinks(page.events()))
                                .distinct()),
                response);
        Answers.json(response, json -> write(page, correlated, asked, linked, json));
    }

    private void write(
            Page page,
            List<Correlated> correlated,
            Map<String, String> asked,
            Progress linked,
            JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("status", "success");
        for (Map.Entry<String, String> each : asked.entrySet()) {
            json.writeStringField(each.getKey(), each.getValue());
        }
        json.writeArrayFieldStart("events");
        for (int i = 0; i < correlated.size(); i++) {
            events.write(page.events().get(i), correlated.get(i), json);
        }
        json.writeEndArray();
        json.writeNumberField("count", page.events().size());
        if (!page.nextPageToken().isEmpty()) {
            json.writeBooleanField("truncated", true);
        }
        ProgressAnswers.write("links", linked, json);
        json.writeEndObject();
    }
}
