package io.tradingecosystem.audit.correlation;

/** What an event is remembered as. For one thread. */
abstract sealed class Role permits Sighting, SpanEvent, SpanHeir, Awaiting {
    private final Remembered event;
    private boolean released;

    Role(Remembered event) {
        this.event = event;
    }

    final Remembered event() {
        return event;
    }

    final boolean isReleased() {
        return released;
    }

    /** Is forgotten in this role; whether it was not before. */
    final boolean release() {
        if (released) {
            return false;
        }
        released = true;
        event.roles().remove(this);
        forget();
        return true;
    }

    /** Leaves what it was remembered in. */
    abstract void forget();

    /** Writes a letter and what {@link RoleCodec} needs to give the event this role again. */
    abstract void write(ByteWriter out);
}
