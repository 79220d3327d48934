package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.event.ValueKey;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An event that came so late, to so many windows, that they were not all looked for. Immutable.
 *
 * @param position its place in the log; what was triggered behind it is judged with it
 * @param from the earliest occurred_at of a trigger that was not looked for, in nanoseconds
 * @param to the latest
 * @param keys what these triggers have, as it is written, by name
 * @param clause what is said of it in the verdicts that it may concern
 */
public record UnsearchedEvent(
        long position, long from, long to, Map<String, String> keys, String clause) {
    private static final String RUN = "scenario_id";

    public UnsearchedEvent {
        keys = Map.copyOf(keys);
    }

    /** As it is kept. */
    public byte[] bytes() {
        ByteWriter out = new ByteWriter(128).varint(position).number(from).number(to);
        out.text(clause).count(keys.size());
        new TreeMap<>(keys).forEach((name, value) -> out.text(name).text(value));
        return out.bytes();
    }

    /** Reads what {@link #bytes} wrote. */
    public static UnsearchedEvent read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        long position = in.varint();
        long from = in.number();
        long to = in.number();
        String clause = in.text();
        Map<String, String> keys = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            keys.put(in.text(), in.text());
        }
        return new UnsearchedEvent(position, from, to, keys, clause);
    }

    /**
     * One for two of which only one can be kept: it may concern all that either may, and more.
     *
     * @param said what is said of both
     */
    public UnsearchedEvent with(UnsearchedEvent other, String said) {
        Map<String, String> shared = new TreeMap<>(keys);
        shared.entrySet().retainAll(other.keys.entrySet());
        return new UnsearchedEvent(
                Math.max(position, other.position),
                Math.min(from, other.from),
                Math.max(to, other.to),
                shared,
                said);
    }

    Instant since() {
        return Times.ofEpochNanos(from);
    }

    Instant until() {
        return Times.ofEpochNanos(to);
    }

    /** Whether a trigger occurred, or may have in a run, at a time that was not looked at. */
    boolean covers(Verdict verdict) {
        long first = Times.toEpochNanos(verdict.triggeredAt());
        long last = verdict.isOfRun() ? Times.toEpochNanos(verdict.deadline()) : first;
        return from <= last && first <= to;
    }

    /** Whether it may concern a trigger of a run. */
    boolean mayConcernRun(String scenarioId) {
        String run = keys.get(RUN);
        return run == null || run.equals(scenarioId);
    }

    /** Whether it may concern a trigger; one that has left the log may have any key. */
    boolean mayConcern(Optional<AuditEvent> trigger) {
        return trigger.isEmpty()
                || (trigger.get().position() < position
                        && keys.entrySet().stream().allMatch(key -> has(trigger.get(), key)));
    }

    private static boolean has(AuditEvent trigger, Map.Entry<String, String> key) {
        return EventName.of(key.getKey())
                .of(trigger)
                .filter(value -> ValueKey.of(value).equals(ValueKey.of(key.getValue())))
                .isPresent();
    }

    /** The same verdict, as far as it can be told without the event. */
    Verdict tell(Verdict verdict) {
        String reason = verdict.reason() + ", but " + clause;
        return verdict.standing(Status.INCONCLUSIVE, reason);
    }
}
