package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a log of events that have positions and times of a log already: exactly those, in segments
 * as that log may have had them. What the correlator wrote itself comes back as unproven. The end
 * is noted before the first event, so a log that was not completed cannot be opened. One thread.
 */
public final class LogRestore implements AutoCloseable {
    private static final int PARTS = 32;
    private static final int BATCH = 512;
    private static final Duration EVER = Duration.ofDays(36_500);

    private final StoreSettings settings;
    private final long last;
    private final EventStore store;
    private final List<AuditEvent> batch = new ArrayList<>(BATCH);
    private Instant recordedAt = Instant.EPOCH;
    private Instant begun = Instant.EPOCH;
    private long next = 1;
    private boolean isEmpty = true;

    private LogRestore(StoreSettings settings, long last) {
        this.settings = settings;
        this.last = last;
        Time time = new Time(() -> recordedAt, System::nanoTime);
        this.store = EventStore.open(unbounded(settings), StoreObserver.NONE, time);
        try (HighWaterMarkFile tail = new HighWaterMarkFile(settings.path().toAbsolutePath())) {
            tail.note(last);
        }
    }

    /**
     * Begins a log where there is none.
     *
     * @param last the position of the last event that will come
     * @throws StoreException if there is a log, or none can be made
     */
    public static LogRestore begin(StoreSettings settings, long last) {
        DataDirectory.of(settings.path()).requireNothing();
        return new LogRestore(settings, last);
    }

    /** Nothing goes until all of it is there, and what is synced is all of it. */
    private static StoreSettings unbounded(StoreSettings settings) {
        return new StoreSettings(
                settings.path(),
                Durability.OS,
                settings.queueEvents(),
                settings.queueSize(),
                settings.businessKeys(),
                EVER,
                Long.MAX_VALUE,
                settings.memory(),
                settings.minFreeSpace());
    }

    /**
     * Adds an event at its position.
     *
     * @throws StoreException if the position is not behind the one before, or there is an event
     *     with its id
     * @throws LogUnavailableException if it cannot be written
     */
    public void add(AuditEvent event) {
        if (event.position() < next + batch.size()) {
            throw new StoreException(
                    "position " + event.position() + " is not behind the one before it");
        }
        boolean follows =
                event.position() == next + batch.size() && event.recordedAt().equals(recordedAt);
        if (!follows || batch.size() == BATCH) {
            write();
            place(event);
        }
        batch.add(event.author() == Author.OWN ? unproven(event) : event);
    }

    private static AuditEvent unproven(AuditEvent event) {
        return event.toBuilder().author(Author.UNPROVEN).build();
    }

    /** A segment begins where one would have, and behind a hole. */
    private void place(AuditEvent event) {
        recordedAt = event.recordedAt();
        boolean aged =
                Duration.between(begun, recordedAt)
                                .compareTo(settings.retentionAge().dividedBy(PARTS))
                        > 0;
        if (!isEmpty && !aged && event.position() == next) {
            return;
        }
        begun = recordedAt;
        next = event.position();
        if (isEmpty) {
            store.beginLog(next, Instant.now());
        } else {
            store.beginSegment(next);
        }
        isEmpty = false;
    }

    private void write() {
        if (batch.isEmpty()) {
            return;
        }
        List<AppendOutcome> outcomes = store.log().append(batch);
        for (int i = 0; i < outcomes.size(); i++) {
            if (!outcomes.get(i).equals(new AppendOutcome.Stored(next + i))) {
                throw new StoreException(
                        "position %d has the id %s, which there is already"
                                .formatted(batch.get(i).position(), batch.get(i).id()));
            }
        }
        next += batch.size();
        batch.clear();
    }

    /** Writes what is left; then it is a log. */
    public void complete() {
        write();
        store.flush();
        try (HighWaterMarkFile tail = new HighWaterMarkFile(settings.path().toAbsolutePath())) {
            tail.noteClosed(last);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
