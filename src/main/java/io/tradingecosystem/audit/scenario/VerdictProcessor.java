package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.definition.DefinitionWatch;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.DecisionWatch;
import io.tradingecosystem.audit.projection.LogFollower;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStatistics;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is done with the log to judge. The referee gets the events and, when there are none, the
 * time. For the follower's thread, but for {@link #definitions} and {@link #statistics}.
 */
final class VerdictProcessor implements LogFollower.Work {
    /** As many as are committed at once, and wait for each other. */
    static final int BATCH = 1_024;

    private final Store store;
    private final Projection projection;
    private final VerdictSetup setup;
    private final VerdictObserver observer;
    private final Time time;
    private final DecisionWatch decisions;
    private final DefinitionWatch<Expectation> watch;
    private final Absences absences;
    private final VerdictPublisher publisher;
    private final ExpectationWarnings warnings;
    private final EvictionReports evictions;

    private volatile VerdictStatistics statistics =
            new VerdictStatistics(
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    Optional.empty(),
                    0,
                    List.of(),
                    List.of());

    private Referee referee;

    /** Whether it was at the log's end, which has all that was told before. */
    private boolean live;

    VerdictProcessor(
            Store store,
            Projection projection,
            VerdictSetup setup,
            VerdictObserver observer,
            Time time) {
        this.store = store;
        this.projection = projection;
        this.setup = setup;
        this.observer = observer;
        this.time = time;
        this.decisions =
                new DecisionWatch(
                        () -> referee.decisions(),
                        VerdictSettings.of(setup.tolerances(), setup.bounds()),
                        setup.service(),
                        store.log(),
                        time);
        this.watch =
                new DefinitionWatch<>(
                        setup.kind(),
                        setup.expectations(),
                        () -> referee.expectations().inForce(),
                        setup.service(),
                        store.log(),
                        time);
        this.absences = new Absences(store, projection, setup.service(), time);
        var reader = new VerdictStoreReader(projection, store.index());
        this.publisher = new VerdictPublisher(store.log(), reader, setup.service());
        this.warnings = new ExpectationWarnings(setup.tolerances().clockSkew());
        this.evictions = new EvictionReports(store.log(), setup.service(), time);
        this.referee = reopened();
    }

    /**
     * Lets the log say by what is judged from now on, and looks how long we were away, and at the
     * expectations for the first time.
     *
     * @throws InvalidDefinitionException if the folder's files have problems
     */
    void open() {
        decisions.begin();
        absences.begin(referee);
        watch.begin();
        presence().start();
    }

    /** The definitions in force; for any thread. */
    DefinitionWatch<Expectation> definitions() {
        return watch;
    }

    /** How judging stood when the follower last told; its position is that of this moment. */
    VerdictStatistics statistics() {
        return statistics;
    }

    @Override
    public long position() {
        return referee.writer().position();
    }

    @Override
    public void take(List<AuditEvent> events) {
        new EarlierAuthors(store.index(), referee.writer().counters()).count(position());
        absences.notice(referee);
        LogFollower.each(events, referee::accept);
        commit();
    }

    @Override
    public Duration settle(boolean caughtUp) {
        boolean held = absences.notice(referee);
        // What was told must be known before any time is over.
        if (caughtUp && !held) {
            expire(time.now());
            decisions.look();
            watch.look();
        }
        publisher.publish(referee.writer());
        live |= caughtUp;
        if (live) {
            evictions.tell(referee.evictions(), referee.bounds());
        }
        absences.beat(referee);
        show();
        return held ? Absences.HEARTBEAT : untilNextDue();
    }

    @Override
    public void reopen() {
        Instant horizon = referee.clock().horizon();
        referee = reopened();
        referee.clock().hold(horizon);
        publisher.reopen();
    }

    @Override
    public void skip(long position) {
        referee.writer().counters().skipped++;
        referee.writer().position(position);
        referee.commit();
    }

    /** Notes that we live now. */
    void alive() {
        absences.alive(referee);
    }

    /** Whether this process is here. */
    PresenceWatch presence() {
        return absences.watch();
    }

    private Duration untilNextDue() {
        return referee.nextDue()
                .map(due -> Duration.between(time.now(), due))
                .filter(wait -> wait.compareTo(Absences.HEARTBEAT) < 0)
                .map(wait -> wait.isNegative() ? Duration.ofMillis(1) : wait.plusMillis(1))
                .orElse(Absences.HEARTBEAT);
    }

    /** With what is judged by the clock alone it is noted how far the clock was. */
    private void expire(Instant now) {
        if (referee.nextDue().filter(due -> !due.isAfter(now)).isPresent()) {
            absences.note(now, referee);
        }
        referee.expire(now);
        commit();
    }

    private void commit() {
        referee.commit();
        List<Made> made = referee.writer().takeMade();
        publisher.add(made);
        made.forEach(each -> observer.made(each.verdict()));
    }

    private Referee reopened() {
        return Referee.of(
                projection, store.index(), setup.tolerances(), setup.bounds(), setup.alerts());
    }

    private void show() {
        VerdictStoreWriter writer = referee.writer();
        watch.show();
        statistics =
                new VerdictStatistics(
                        watch.inForce().size(),
                        writer.counters().windows,
                        writer.counters().open,
                        writer.counters().sequence,
                        writer.counters().evicted,
                        referee.evictions().total().droppedEvents(),
                        referee.evictions().total().closedWindows(),
                        writer.counters().unsearched,
                        writer.counters().unproven,
                        writer.counters().pretended,
                        referee.expectations().refused(),
                        writer.counters().skipped,
                        writer.position(),
                        0,
                        Optional.empty(),
                        absences.count(),
                        watch.problems(),
                        warnings.look(watch.inForce().all()));
    }
}
