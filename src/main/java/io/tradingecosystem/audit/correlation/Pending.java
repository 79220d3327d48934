package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.EvictedSide;
import io.tradingecosystem.audit.correlation.links.LinkBounds;

import org.jspecify.annotations.Nullable;

/** What an event is remembered as. For one thread. */
abstract sealed class Pending permits RuleMatch, AwaitedCause {
    private final PendingEvent event;

    /** The event's next role: {@link PendingEvent} hangs them on each other. */
    @Nullable Pending next;

    Pending(PendingEvent event) {
        this.event = event;
    }

    final PendingEvent event() {
        return event;
    }

    final boolean isReleased() {
        return !event.plays(this);
    }

    /** Is forgotten in this role; whether it was not before. */
    final boolean release() {
        if (!event.leave(this)) {
            return false;
        }
        forget();
        return true;
    }

    /** What lacks it when it is evicted. */
    abstract EvictedSide.Name evictedSide();

    /** How far before its event an event may lie that is linked with it, in nanoseconds. */
    long reachBack(LinkBounds bounds) {
        return bounds.lateness() + 6 * bounds.maxSkew();
    }

    /** The same behind it. */
    long reachAhead(LinkBounds bounds) {
        return reachBack(bounds);
    }

    /** Leaves what it was remembered in. */
    abstract void forget();

    /** Writes a letter and what {@link PendingCodec} needs to give the event this role again. */
    abstract void write(ByteWriter out);
}
