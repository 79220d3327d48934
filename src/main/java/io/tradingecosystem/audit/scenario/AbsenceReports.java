package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.OwnAppend;
import io.tradingecosystem.audit.store.OwnOutcome;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Our own absences on their way into the log. Thread-safe. */
final class AbsenceReports {
    private static final EventLogger LOG = EventLogger.of(AbsenceReports.class);

    private final EventLog log;
    private final String service;
    private final ReentrantLock lock = new ReentrantLock();

    /** From when absences last, by the position of the word of them. */
    private final NavigableMap<Long, Instant> told = new TreeMap<>();

    private Optional<Gap> untold = Optional.empty();
    private long count;

    /**
     * No absences.
     *
     * @param service our own name
     */
    AbsenceReports(EventLog log, String service) {
        this.log = log;
        this.service = service;
    }

    /**
     * Adds an absence to what is to be told. One that ends when it begins, by a clock that has not
     * moved or was set back, is none.
     */
    void add(Instant from, Instant to, String reason) {
        lock.lock();
        try {
            if (from.isBefore(to)) {
                Gap gap = new Gap(from, to, reason);
                untold = Optional.of(untold.map(earlier -> earlier.with(gap)).orElse(gap));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells the log what is untold. What it does not take waits for the next call. */
    void tell() {
        untold().ifPresent(this::tell);
    }

    private void tell(Gap gap) {
        try {
            List<OwnOutcome> outcomes = OwnAppend.to(log, List.of(VerdictEvents.gap(service, gap)));
            told(gap, outcomes.getFirst().position());
            LOG.warn("scenario.absence", "from", gap.from(), "to", gap.to(), "why", gap.reason());
        } catch (LogUnavailableException | LogBusyException e) {
            LOG.debug("scenario.absence.postponed", "reason", e);
        }
    }

    private void told(Gap gap, long position) {
        lock.lock();
        try {
            told.put(position, gap.from());
            // What was added meanwhile contains it, and is told with it again.
            untold = untold.filter(now -> !now.equals(gap));
            count++;
        } finally {
            lock.unlock();
        }
    }

    /** The absence that is untold. */
    Optional<Gap> untold() {
        lock.lock();
        try {
            return untold;
        } finally {
            lock.unlock();
        }
    }

    /** From when the earliest absence lasts of which no word is in the log up to a position. */
    Optional<Instant> unreadAt(long position) {
        lock.lock();
        try {
            told.headMap(position, true).clear();
            return Stream.concat(told.values().stream(), untold.map(Gap::from).stream())
                    .min(Instant::compareTo);
        } finally {
            lock.unlock();
        }
    }

    /** How many were told. */
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }
}
