package io.tradingecosystem.audit.correlation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Roles that are kept for the same time, in the order in which they were recorded. */
final class ExpiryQueue {
    private final long hold;
    private final Deque<Pending> roles = new ArrayDeque<>();

    /**
     * Keeps roles for a time.
     *
     * @param hold in nanoseconds, from their event's recorded_at
     */
    ExpiryQueue(long hold) {
        this.hold = hold;
    }

    /** In nanoseconds. */
    long hold() {
        return hold;
    }

    void add(Pending role) {
        roles.addLast(role);
    }

    /** Gives up every role whose time was up before {@code now}. */
    void expire(long now, Consumer<Pending> release) {
        Pending oldest = roles.peekFirst();
        while (oldest != null
                && (oldest.isReleased() || oldest.event().recordedAt() < now - hold)) {
            release.accept(oldest);
            roles.removeFirst();
            oldest = roles.peekFirst();
        }
    }

    /** Gives up all. */
    void clear(Consumer<Pending> release) {
        roles.forEach(release);
        roles.clear();
    }
}
