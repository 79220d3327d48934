package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;

/** An event as it is stored. */
final class StoredEvent {
    private final long position;
    private final byte[] bytes;

    StoredEvent(long position, byte[] bytes) {
        this.position = position;
        this.bytes = bytes;
    }

    long position() {
        return position;
    }

    byte[] bytes() {
        return bytes;
    }

    AuditEvent decoded() {
        return EventCodec.decode(position, bytes);
    }
}
