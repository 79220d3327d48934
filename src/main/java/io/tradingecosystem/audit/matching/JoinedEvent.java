package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * What a join keeps of an event. Immutable.
 *
 * @param id its id
 * @param type its type
 * @param at its occurred_at, in nanoseconds since the epoch
 * @param recordedAt its recorded_at, likewise
 * @param clock what stamped it
 */
public record JoinedEvent(String id, String type, long at, long recordedAt, EventClock clock) {
    /** By occurred_at; the id makes the order complete. */
    public static final Comparator<JoinedEvent> ORDER =
            Comparator.comparingLong(JoinedEvent::at).thenComparing(JoinedEvent::id);

    public static JoinedEvent of(AuditEvent event) {
        return new JoinedEvent(
                event.id(),
                event.type(),
                Times.toEpochNanos(event.occurredAt()),
                Times.toEpochNanos(event.recordedAt()),
                EventClock.of(event));
    }

    public String service() {
        return clock.service();
    }

    public Instant occurredAt() {
        return Times.ofEpochNanos(at);
    }

    /** How long after another it occurred; negative if before. */
    public Duration since(JoinedEvent other) {
        return Duration.ofNanos(Nanos.between(other.at, at));
    }

    /** What stands behind time and id in a record. */
    public void write(ByteWriter out) {
        out.number(recordedAt).text(type).text(clock.service()).text(clock.name());
    }

    /** Reads what {@link #write} wrote. */
    public static JoinedEvent read(String id, long at, ByteReader in) {
        long recordedAt = in.number();
        String type = in.text();
        return new JoinedEvent(id, type, at, recordedAt, new EventClock(in.text(), in.text()));
    }
}
