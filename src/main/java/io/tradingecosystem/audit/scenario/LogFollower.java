package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.scenario.Definitions.Definition;
import io.tradingecosystem.audit.scenario.Scenarios.Setup;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.Projection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The thread that takes the log to the referee. It waits for the next event or the next timer,
 * whichever comes first; once a second it notes that it is alive, so that the next start knows how
 * long we were away.
 */
final class LogFollower implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(LogFollower.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int BATCH = 256;
    private static final int MOST_ATTEMPTS = 3;

    private final EventLog log;
    private final EventIndex index;
    private final Projection projection;
    private final Setup setup;
    private final ScenarioObserver observer;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final ExpectationSource source;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile Map<String, Definition> inForce = Map.of();
    private volatile ScenarioStatistics statistics =
            new ScenarioStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
    private volatile boolean closed;
    private volatile boolean ready;

    private Referee referee;
    private List<String> problems = List.of();
    private String fingerprint = "";
    private long lastBeat;
    private long lastLook;
    private long absences;
    private long skipped;
    private long attempts;
    private long failedAt;

    LogFollower(
            EventLog log,
            EventIndex index,
            Projection projection,
            Setup setup,
            ScenarioObserver observer,
            InstantSource clock,
            LongSupplier ticker) {
        this.log = log;
        this.index = index;
        this.projection = projection;
        this.setup = setup;
        this.observer = observer;
        this.clock = clock;
        this.ticker = ticker;
        this.source = new ExpectationSource(setup.expectations());
        this.referee = reopened();
        this.thread = Thread.ofVirtual().name("scenario-referee").unstarted(this::run);
    }

    void start() {
        source.read();
        lastBeat = ticker.getAsLong();
        projection
                .get(Keys.ALIVE)
                .map(alive -> VerdictJson.time(Batch.json(alive), "at"))
                .ifPresent(this::reportAbsence);
        alive();
        thread.start();
    }

    Map<String, Definition> inForce() {
        return inForce;
    }

    ScenarioStatistics statistics() {
        return statistics;
    }

    long sequence() {
        return statistics.made();
    }

    void awaitReady(Duration timeout) {
        awaitQuietly(() -> ready, timeout);
    }

    void awaitPosition(long position, Duration timeout) {
        awaitQuietly(() -> statistics.position() >= position, timeout);
    }

    private void awaitQuietly(BooleanSupplier condition, Duration timeout) {
        try {
            await(condition, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (!condition.getAsBoolean() && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        announceMove();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        thread.interrupt();
        try {
            if (thread.join(Duration.ofSeconds(10))) {
                alive();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                step();
                attempts = 0;
            } catch (InterruptedException e) {
                // Closed; what is not committed is judged again after the next start.
                return;
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void step() throws InterruptedException {
        Ledger ledger = referee.ledger();
        List<AuditEvent> batch = log.read(ledger.position(), BATCH);
        for (AuditEvent event : batch) {
            made(referee.accept(event, true));
        }
        boolean caughtUp = log.lastPosition() == ledger.position();
        if (caughtUp) {
            made(referee.expire(clock.instant()));
            reconcile();
        }
        publish();
        beat();
        show();
        if (caughtUp && log.lastPosition() == ledger.position()) {
            log.await(ledger.position(), untilNextDue());
        }
    }

    private Duration untilNextDue() {
        return referee.nextDue()
                .map(due -> Duration.between(clock.instant(), due))
                .filter(wait -> wait.compareTo(BEAT) < 0)
                .map(wait -> wait.isNegative() ? Duration.ofMillis(1) : wait.plusMillis(1))
                .orElse(BEAT);
    }

    private void made(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            observer.made(verdict);
        }
    }

    /** Notes that we live; a long silence of our own is an absence like any other. */
    private void beat() {
        long tick = ticker.getAsLong();
        long since = tick - lastBeat;
        if (since < BEAT.toNanos() && referee.ledger().position() - projection.position() < BATCH) {
            return;
        }
        if (since > LONGEST_PAUSE.toNanos()) {
            reportAbsence(clock.instant().minusNanos(since));
        }
        lastBeat = tick;
        alive();
    }

    private void alive() {
        String now = clock.instant().toString();
        referee.ledger().put(Keys.ALIVE, JsonNodeFactory.instance.objectNode().put("at", now));
        referee.ledger().commit();
    }

    private void reportAbsence(Instant from) {
        Instant now = clock.instant();
        if (Duration.between(from, now).compareTo(BEAT.multipliedBy(2)) > 0) {
            absences++;
            LOG.warn("scenario.absence", "from", from, "to", now);
            Gap gap = new Gap(from, now, "the correlator was away");
            log.append(List.of(ScenarioEvents.gap(setup.service(), gap)));
        }
    }

    /** Brings what is in force into line with the folder, by events. */
    private void reconcile() {
        long tick = ticker.getAsLong();
        if (ready && !fingerprint.isEmpty() && tick - lastLook < BEAT.toNanos()) {
            return;
        }
        lastLook = tick;
        String print = source.fingerprint();
        if (ready && print.equals(fingerprint)) {
            return;
        }
        fingerprint = print;
        try {
            List<AuditEvent> changes = changes(source.read());
            if (!changes.isEmpty()) {
                log.append(changes);
                LOG.info("expectations.changed", "changes", changes.size());
            }
            problems = List.of();
            ready |= changes.isEmpty();
            fingerprint = changes.isEmpty() ? print : "";
        } catch (InvalidExpectationException e) {
            problems = e.problems();
            ready = true;
            LOG.warn("expectations.refused", "problems", problems);
        }
    }

    private List<AuditEvent> changes(List<Definition> wanted) {
        Map<String, Definition> left = new TreeMap<>();
        referee.definitions().inForce().stream()
                .filter(definition -> definition.origin().equals("file"))
                .forEach(definition -> left.put(definition.expectation().name(), definition));
        List<AuditEvent> changes = new ArrayList<>();
        Instant now = clock.instant();
        for (Definition definition : wanted) {
            String name = definition.expectation().name();
            left.remove(name);
            Optional<Definition> before = referee.definitions().inForce(name);
            boolean same =
                    before.map(Definition::text).equals(Optional.of(definition.text()))
                            && before.map(Definition::origin).equals(Optional.of("file"));
            if (!same) {
                changes.add(ScenarioEvents.expectation(setup.service(), now, definition, before));
            }
        }
        left.values()
                .forEach(
                        gone -> changes.add(ScenarioEvents.withdrawal(setup.service(), now, gone)));
        return changes;
    }

    /** Writes verdicts that are not in the log yet; sent twice, they are stored once. */
    private void publish() {
        List<AuditEvent> events = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        projection.scan(
                Keys.table('o'),
                Keys.table('o'),
                (key, value) -> {
                    Optional<JsonNode> verdict =
                            projection.get(Keys.sequence(Keys.numberOf(key))).map(Batch::json);
                    verdict.ifPresent(
                            node ->
                                    events.add(
                                            ScenarioEvents.verdict(
                                                    setup.service(), VerdictJson.read(node))));
                    keys.add(key);
                    return events.size() < BATCH;
                });
        if (keys.isEmpty()) {
            return;
        }
        try {
            log.append(events);
        } catch (LogBusyException e) {
            // They stay in the projection, and are tried again with the next beat.
            return;
        }
        keys.forEach(referee.ledger()::delete);
        referee.ledger().commit();
    }

    private void failed(RuntimeException e) {
        long position = referee.ledger().position();
        boolean again = position == failedAt && attempts > 0;
        failedAt = position;
        attempts++;
        if (!again) {
            LOG.error("scenario.failed", e, "position", position);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(100 << Math.min(attempts, 6), 5_000));
            referee = reopened();
            if (attempts >= MOST_ATTEMPTS && log.lastPosition() > position && poisoned(e)) {
                skipped++;
                LOG.warn("scenario.skipped", "position", position + 1);
                referee.ledger().position(position + 1);
                attempts = 0;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unreadable) {
            LOG.debug("scenario.unreadable", "reason", unreadable);
        }
    }

    /** A log that is away comes back; an event that cannot be judged never can be. */
    private static boolean poisoned(RuntimeException e) {
        return !(e instanceof LogUnavailableException) && !(e instanceof LogBusyException);
    }

    private Referee reopened() {
        return Referee.of(projection, index, setup.tolerances(), setup.mostOccurrences());
    }

    private void show() {
        Ledger ledger = referee.ledger();
        Map<String, Definition> now = new TreeMap<>();
        referee.definitions()
                .inForce()
                .forEach(definition -> now.put(definition.expectation().name(), definition));
        inForce = now;
        statistics =
                new ScenarioStatistics(
                        now.size(),
                        ledger.windows(),
                        ledger.open(),
                        ledger.sequence(),
                        ledger.evicted(),
                        referee.refused(),
                        skipped,
                        ledger.position(),
                        log.lastPosition() - ledger.position(),
                        absences,
                        problems);
        announceMove();
    }

    private void announceMove() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
