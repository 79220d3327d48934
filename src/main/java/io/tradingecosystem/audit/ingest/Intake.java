package io.tradingecosystem.audit.ingest;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.access.Allowance;
import io.tradingecosystem.audit.access.Caller;
import io.tradingecosystem.audit.access.LimitExceededException;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.Admission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventIds;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.settings.IngestSettings;
import io.tradingecosystem.audit.store.AppendOutcome;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The one way in: every door gives what it has translated to this, and answers its sender with the
 * receipts. It admits events by one policy of names and limits, appends them to the log, and keeps
 * the {@link Ledger}, which adds up whatever happens.
 *
 * <p>An event that a sender gave an id is stored once, however often it is sent. One without an id
 * gets one here, so when the sender sends it again it cannot be recognised and is stored again. One
 * with an id and no time of its own has the time of its arrival, which no repetition changes. A
 * caller that may not speak for a service sends none of its events. Thread-safe.
 */
public final class Intake {
    /** Reasons for a rejection that lie with us, beside those of the events themselves. */
    static final String BUSY = "BUSY";

    static final String UNAVAILABLE = "UNAVAILABLE";
    static final String FAILED = "FAILED";
    static final String BATCH_SIZE = "BATCH_SIZE";

    private final IngestSettings settings;
    private final EventLimits limits;
    private final EventAliases aliases;
    private final Admission admission;
    private final EventLog log;
    private final IntakeObserver observer;
    private final Time time;
    private final Ledger ledger = new Ledger();
    private final InFlight inFlight;

    private Intake(
            IngestSettings settings,
            int maxWaiting,
            EventLog log,
            IntakeObserver observer,
            Time time) {
        this.settings = requireNonNull(settings, "settings is null");
        this.log = requireNonNull(log, "log is null");
        this.observer = requireNonNull(observer, "observer is null");
        this.time = requireNonNull(time, "time is null");
        EventIds ids = new EventIds(time.clock(), () -> ThreadLocalRandom.current().nextLong());
        this.limits = IngestRules.limits(settings);
        this.aliases = IngestRules.aliases(settings);
        this.admission = new Admission(limits, aliases, ids, time.clock());
        this.inFlight = new InFlight(settings.maxInFlight(), maxWaiting);
    }

    /** A way into a log. */
    public static Intake create(
            IngestSettings settings, EventLog log, IntakeObserver observer, Time time) {
        return create(settings, Integer.MAX_VALUE, log, observer, time);
    }

    /**
     * A way into a log that lets no more than so many events wait: no caller takes all their
     * places.
     */
    public static Intake create(
            IngestSettings settings,
            int maxWaiting,
            EventLog log,
            IntakeObserver observer,
            Time time) {
        return new Intake(settings, maxWaiting, log, observer, time);
    }

    /**
     * Takes a batch and returns when what could be taken of it is on disk.
     *
     * @param candidates what the sender gave, at most {@link IngestSettings#maxBatch}; used up
     * @return one receipt per candidate, in their order
     * @throws LimitExceededException if the caller has sent as much as it may for now: nothing was
     *     taken, the sender may send the whole batch again later
     * @throws LogBusyException if there is more on the way than may be: nothing was stored, the
     *     sender may send the whole batch again
     * @throws LogUnavailableException if the log cannot be written: nothing was acknowledged
     * @throws BatchTooLargeException if the batch has too many: nothing was stored
     */
    public List<Receipt> take(Door door, List<Candidate> candidates) {
        Allowance allowance = Caller.currentAllowance();
        counted(allowance, candidates.size(), 0, () -> allowance.takeEvents(candidates.size()));
        return admit(door, candidates, patience(Duration.ZERO));
    }

    /** The same for the rest of a request of which a part was taken; it is limited as a whole. */
    public List<Receipt> takeRest(Door door, List<Candidate> candidates) {
        Caller.currentAllowance().takeMore(candidates.size());
        return admit(door, candidates, patience(Duration.ZERO));
    }

    /**
     * The same as {@link #take(Door, List)}, trying again for a while when the log is busy or the
     * caller has sent as much as it may: for doors that can make their sender wait, because they
     * read no more of what it sends meanwhile.
     *
     * @param size of the candidates as they came, in bytes
     */
    public List<Receipt> take(Door door, List<Candidate> candidates, long size, Duration patience) {
        Patience left = patience(patience);
        Allowance allowance = Caller.currentAllowance();
        counted(
                allowance,
                candidates.size(),
                size,
                () -> left.use(() -> takeStreamed(allowance, candidates.size(), size)));
        return admit(door, candidates, left);
    }

    private Patience patience(Duration duration) {
        return new Patience(duration, time.ticker());
    }

    private static boolean takeStreamed(Allowance allowance, int events, long size) {
        allowance.takeStreamed(events, size);
        return true;
    }

    /** Of what its caller may not send now, no more than the number stands in the books. */
    private static void counted(Allowance allowance, int events, long size, Runnable pass) {
        try {
            pass.run();
        } catch (LimitExceededException e) {
            allowance.refused(e, events, size);
            throw e;
        }
    }

    private List<Receipt> admit(Door door, List<Candidate> candidates, Patience patience) {
        Sender sender = Sender.current(observer);
        Delivery delivery = new Delivery(door, ledger, candidates.size());
        String run = door.isOfOneRun() ? sender.scenarioId(limits.nameLength()) : "";
        for (Candidate candidate : candidates) {
            delivery.add(sender.check(admission.admit(candidate, run)));
        }
        List<AppendOutcome> outcomes;
        try {
            outcomes = append(delivery, candidates.size(), patience);
        } catch (LogBusyException e) {
            delivery.lose(BUSY);
            throw e;
        } catch (LogUnavailableException e) {
            delivery.lose(UNAVAILABLE);
            throw e;
        } catch (BatchTooLargeException e) {
            delivery.lose(BATCH_SIZE);
            throw e;
        } catch (RuntimeException | Error e) {
            delivery.lose(FAILED);
            throw e;
        }
        return delivery.settle(outcomes, time.now(), observer);
    }

    private List<AppendOutcome> append(Delivery delivery, int candidates, Patience patience) {
        if (candidates > settings.maxBatch()) {
            throw new BatchTooLargeException(candidates, settings.maxBatch());
        }
        if (delivery.admitted().isEmpty()) {
            return List.of();
        }
        return patience.use(() -> append(delivery));
    }

    private List<AppendOutcome> append(Delivery delivery) {
        String payer = Caller.currentAllowance().payer();
        inFlight.enter(payer, delivery);
        try {
            return log.appendReadable(delivery.admitted());
        } finally {
            inFlight.leave(payer, delivery);
        }
    }

    /** The event at a position; absent if retention removed it. */
    public Optional<AuditEvent> stored(long position) {
        return log.read(position - 1, 1).stream()
                .filter(event -> event.position() == position)
                .findFirst();
    }

    /** The bounds of one event. */
    public EventLimits limits() {
        return limits;
    }

    /** The names that settings have events resolved by on their way in. */
    public static EventAliases aliases(IngestSettings settings) {
        return IngestRules.aliases(settings);
    }

    /** The names that are resolved on the way in; a question may use them as well. */
    public EventAliases aliases() {
        return aliases;
    }

    /** How many events one batch may have. */
    public int maxBatch() {
        return settings.maxBatch();
    }

    /** How long a stream is held up by a busy log. */
    public Duration patience() {
        return settings.patience();
    }

    /** How long a line of a streamed body may be, in bytes. */
    public int maxLineSize() {
        return settings.maxLineSize();
    }

    /** The books. */
    public Ledger ledger() {
        return ledger;
    }

    /** The size of all events on their way into the log now, in bytes. */
    public long bytesInFlight() {
        return inFlight.size();
    }
}
