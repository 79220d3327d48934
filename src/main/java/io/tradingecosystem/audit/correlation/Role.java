package io.tradingecosystem.audit.correlation;

import org.jspecify.annotations.Nullable;

/** What an event is remembered as. For one thread. */
abstract sealed class Role permits Sighting, SpanEvent, SpanHeir, Awaiting {
    private final Remembered event;

    /** The event's next role: {@link Remembered} hangs them on each other. */
    @Nullable Role next;

    Role(Remembered event) {
        this.event = event;
    }

    final Remembered event() {
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

    /** Leaves what it was remembered in. */
    abstract void forget();

    /** Writes a letter and what {@link RoleCodec} needs to give the event this role again. */
    abstract void write(ByteWriter out);
}
