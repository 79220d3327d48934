package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.matching.LateSearch;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.UnsearchedEvent;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Late events whose windows were not all looked for. The verdicts of these windows stay as they
 * are, and say so when they are asked for: to find them is what took too long. Of each expectation
 * so many are kept; of more, the two that lie closest together in time become one, which may
 * concern more windows than either, and none less. For the one thread that judges.
 */
final class UnsearchedEvents {
    static final int MAX = 100;

    private static final EventLogger LOG = EventLogger.of(UnsearchedEvents.class);
    private static final String SEVERAL =
            "SEARCH_BUDGET: more than "
                    + MAX
                    + " events came late, and not all windows of their time were looked at";

    private final VerdictStoreWriter writer;
    private final Map<String, List<Kept>> kept = new TreeMap<>();

    /** An event and its key. */
    private static final class Kept {
        static final Comparator<Kept> BY_TIME =
                Comparator.<Kept>comparingLong(each -> each.event.from())
                        .thenComparingLong(each -> each.event.to())
                        .thenComparing(each -> each.key, Arrays::compareUnsigned);

        private final byte[] key;
        private final UnsearchedEvent event;

        Kept(byte[] key, UnsearchedEvent event) {
            this.key = key;
            this.event = event;
        }

        /** How long a time both cover, with what is between them; at most all that there is. */
        long span(Kept later) {
            return Nanos.between(event.from(), Math.max(event.to(), later.event.to()));
        }
    }

    /** The events as they were with the last commit. */
    UnsearchedEvents(VerdictStoreWriter writer) {
        this.writer = writer;
        writer.scan(
                'u',
                (key, value) ->
                        of(VerdictKeys.unsearchedOf(key))
                                .add(new Kept(key, UnsearchedEvent.read(value))));
    }

    private List<Kept> of(String expectation) {
        return kept.computeIfAbsent(expectation, fresh -> new ArrayList<>());
    }

    /**
     * Keeps an event.
     *
     * @param found the triggers that were found before the search ended
     * @param clocks by how much clocks may differ
     */
    void add(
            Expectation expectation,
            Part part,
            AuditEvent event,
            LateSearch.Found found,
            Duration clocks) {
        writer.counters().unsearched++;
        LOG.warn("late.unsearched", "event", event.id(), "expectation", expectation.name());
        long at = Times.toEpochNanos(event.occurredAt());
        long skew = Nanos.of(clocks);
        long from =
                found.events().isEmpty()
                        ? Nanos.plus(at, -Nanos.plus(Nanos.of(part.within()), skew))
                        : Times.toEpochNanos(found.events().getLast().occurredAt());
        keep(
                expectation.name(),
                part.name(),
                new UnsearchedEvent(
                        event.position(),
                        from,
                        Nanos.plus(at, skew),
                        keys(part, event),
                        clause(part, event)));
    }

    private static String clause(Part part, AuditEvent event) {
        return "SEARCH_BUDGET: "
                + Quoted.of(event.id())
                + " came late for "
                + part.name()
                + ", and not all windows of its time were looked at";
    }

    private static Map<String, String> keys(Part part, AuditEvent event) {
        Map<String, String> keys = new TreeMap<>();
        for (JoinKey key : part.join()) {
            key.textOfEffect(event).ifPresent(value -> keys.put(key.cause().written(), value));
        }
        return keys;
    }

    private void keep(String expectation, String part, UnsearchedEvent event) {
        List<Kept> events = of(expectation);
        put(events, new Kept(VerdictKeys.unsearched(expectation, event.position(), part), event));
        if (events.size() > MAX) {
            join(events);
        }
    }

    private void put(List<Kept> events, Kept each) {
        writer.transaction().put(each.key, each.event.bytes());
        events.add(each);
    }

    private void join(List<Kept> events) {
        events.sort(Kept.BY_TIME);
        int first = 0;
        for (int i = 1; i + 1 < events.size(); i++) {
            first = span(events, i) < span(events, first) ? i : first;
        }
        Kept earlier = events.remove(first);
        Kept later = events.remove(first);
        writer.delete(earlier.key);
        put(events, new Kept(later.key, later.event.with(earlier.event, SEVERAL)));
    }

    private static long span(List<Kept> events, int first) {
        return events.get(first).span(events.get(first + 1));
    }
}
