package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.Dossier.Cause;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;

import java.util.ArrayList;
import java.util.List;

/** What is remembered of an event for those that come later, while it has a role to play. */
final class Remembered {
    private final long position;
    private final long at;
    private final long recordedAt;
    private final String id;
    private final List<Role> roles = new ArrayList<>(0);

    Remembered(long position, long at, long recordedAt, String id) {
        this.position = position;
        this.at = at;
        this.recordedAt = recordedAt;
        this.id = id;
    }

    static Remembered of(AuditEvent event) {
        return new Remembered(
                event.position(),
                Times.toEpochNanos(event.occurredAt()),
                Times.toEpochNanos(event.recordedAt()),
                event.id());
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
        return id;
    }

    List<Role> roles() {
        return roles;
    }

    Cause asCause() {
        return new Cause(id, at, position, 1);
    }
}
