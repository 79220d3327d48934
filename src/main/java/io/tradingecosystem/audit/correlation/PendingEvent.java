package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.Uuids;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.EventClock;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is remembered of an event for those that come later, while it has a role to play. Hundreds
 * of thousands are, so it holds no object that it can do without: an id that is a UUID stands in
 * two numbers, its roles hang on each other. For one thread.
 */
final class PendingEvent implements TimeOrderedEvents {
    /** By occurred_at; the id makes the order complete. */
    static final Comparator<PendingEvent> ORDER = PendingEvent::compare;

    private final long position;
    private final long at;
    private final long recordedAt;
    private final @Nullable String textId;
    private final long idHigh;
    private final long idLow;
    private @Nullable EventClock clock;
    private @Nullable Pending roles;
    private @Nullable WindowCheckpoint checkpoint;

    PendingEvent(long position, long at, long recordedAt, String id) {
        boolean uuid = Uuids.isOne(id);
        this.position = position;
        this.at = at;
        this.recordedAt = recordedAt;
        this.textId = uuid ? null : id;
        this.idHigh = uuid ? Uuids.high(id) : 0;
        this.idLow = uuid ? Uuids.low(id) : 0;
    }

    static PendingEvent of(AuditEvent event) {
        return of(event, Times.toEpochNanos(event.recordedAt()));
    }

    /** The same, recorded by a clock that does not go back, as it is to be for what is held. */
    static PendingEvent of(AuditEvent event, long recordedAt) {
        return new PendingEvent(
                event.position(), Times.toEpochNanos(event.occurredAt()), recordedAt, event.id());
    }

    long position() {
        return position;
    }

    /** Its occurred_at, in nanoseconds since the epoch. */
    long at() {
        return at;
    }

    long recordedAt() {
        return recordedAt;
    }

    String id() {
        return textId == null ? Uuids.text(idHigh, idLow) : textId;
    }

    /**
     * The clock that stamped it; null where no rule asked for it, or where a version wrote the
     * event that did not know.
     */
    @Nullable EventClock clock() {
        return clock;
    }

    void stampedBy(EventClock newClock) {
        clock = newClock;
    }

    Cause asCause() {
        return new Cause(id(), at, position, 1);
    }

    /** Takes on a role that is in no other's hands. */
    void take(Pending role) {
        role.next = roles;
        roles = role;
    }

    /** Gives up a role; whether it had it. */
    boolean leave(Pending role) {
        Pending before = null;
        for (Pending each = roles; each != null; each = each.next) {
            if (each == role) {
                if (before == null) {
                    roles = each.next;
                } else {
                    before.next = each.next;
                }
                return true;
            }
            before = each;
        }
        return false;
    }

    boolean plays(Pending role) {
        for (Pending each = roles; each != null; each = each.next) {
            if (each == role) {
                return true;
            }
        }
        return false;
    }

    boolean isIdle() {
        return roles == null;
    }

    List<Pending> roles() {
        List<Pending> all = new ArrayList<>();
        for (Pending each = roles; each != null; each = each.next) {
            all.add(each);
        }
        return all;
    }

    /** What it stands on, in the projection; null while it stands nowhere. */
    @Nullable WindowCheckpoint checkpoint() {
        return checkpoint;
    }

    void standOn(WindowCheckpoint newCheckpoint) {
        checkpoint = newCheckpoint;
    }

    /** By hand, because it is what linking does most. */
    private static int compare(PendingEvent a, PendingEvent b) {
        if (a.at != b.at) {
            return Long.compare(a.at, b.at);
        }
        if (a.textId != null || b.textId != null) {
            return a.id().compareTo(b.id());
        }
        // The digits of a UUID sort as its numbers do.
        int byHigh = Long.compareUnsigned(a.idHigh, b.idHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(a.idLow, b.idLow);
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public PendingEvent get(int place) {
        return this;
    }

    @Override
    public TimeOrderedEvents with(PendingEvent event) {
        return new Many(this, event);
    }

    @Override
    public TimeOrderedEvents without(PendingEvent event) {
        return event == this ? TimeOrderedEvents.none() : this;
    }
}
