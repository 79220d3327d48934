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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Late events whose windows were not all looked for. The verdicts of these windows stay as they
 * are, and say so when they are asked for: to find them is what took too long. Of each expectation
 * the last so many are kept. For the one thread that judges.
 */
final class UnsearchedEvents {
    static final int MAX = 100;

    private static final EventLogger LOG = EventLogger.of(UnsearchedEvents.class);

    private final VerdictStoreWriter writer;
    private final Map<String, Deque<byte[]>> kept = new TreeMap<>();

    /** The events as they were with the last commit. */
    UnsearchedEvents(VerdictStoreWriter writer) {
        this.writer = writer;
        writer.scan('u', (key, value) -> keysOf(VerdictKeys.unsearchedOf(key)).add(key));
    }

    private Deque<byte[]> keysOf(String expectation) {
        return kept.computeIfAbsent(expectation, fresh -> new ArrayDeque<>());
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
        byte[] key = VerdictKeys.unsearched(expectation, event.position(), part);
        writer.transaction().put(key, event.bytes());
        Deque<byte[]> keys = keysOf(expectation);
        keys.add(key);
        if (keys.size() > MAX) {
            writer.delete(keys.remove());
        }
    }
}
