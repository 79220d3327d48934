package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.DefinitionsInForce;
import io.tradingecosystem.audit.definition.InForce;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.projection.FollowerProgress;
import io.tradingecosystem.audit.projection.LogFollower;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationConflictException;
import io.tradingecosystem.audit.scenario.sources.SourceStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStatistics;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.OwnAppend;
import io.tradingecosystem.audit.store.Store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Judges what happens, as it happens: follows the log on a thread of its own, makes a verdict for
 * each occurrence of a trigger when it is certain, and writes it into the log. What it knows is
 * durable; after a crash it goes on where it stopped. Thread-safe.
 */
public final class VerdictService implements AutoCloseable {
    /** The name of the projection. */
    public static final String PROJECTION = "scenario";

    private static final Duration TAKEN_IN = Duration.ofSeconds(10);

    private final Store store;
    private final VerdictSetup setup;
    private final EventLog log;
    private final EventIndex index;
    private final ExpectationChanges changes;
    private final ExpectationWarnings warnings;
    private final ExpectationTrials trials;
    private final VerdictStoreReader reader;
    private final SourceStoreReader sources;
    private final VerdictProcessor processor;
    private final LogFollower follower;
    private final FollowerProgress progress;

    private VerdictService(Store store, VerdictSetup setup, VerdictObserver observer, Time time) {
        this.store = store;
        this.setup = setup;
        this.log = store.log();
        this.index = store.index();
        this.changes = new ExpectationChanges(setup.service(), time);
        this.warnings = new ExpectationWarnings(setup.tolerances().clockSkew());
        this.trials = new ExpectationTrials(store.index(), setup, warnings, time);
        var projection = store.projections().projection(PROJECTION);
        this.reader = new VerdictStoreReader(projection, store.index());
        this.sources = new SourceStoreReader(projection);
        this.processor = new VerdictProcessor(store, projection, setup, observer, time);
        this.follower = new LogFollower(PROJECTION, log, processor, VerdictProcessor.BATCH);
        this.progress = new FollowerProgress(log, projection, time.clock());
    }

    /** A referee that does nothing until it is started. */
    public static VerdictService create(
            Store store, VerdictSetup setup, VerdictObserver observer, Time time) {
        return new VerdictService(store, setup, observer, time);
    }

    /** The id of the log that the verdicts are of. */
    public String log() {
        return log.id();
    }

    /**
     * Starts to judge. Returns when the expectations of the folder are in force, or at once if
     * there is much to catch up with.
     *
     * @throws InvalidDefinitionException if the folder's files have problems
     */
    public void start() {
        startWithoutWaiting();
        awaitDefinitions();
    }

    /**
     * Starts to judge, and returns at once. Whoever needs the expectations of the folder in force
     * waits for that with {@link #awaitDefinitions}.
     *
     * @throws InvalidDefinitionException if the folder's files have problems
     */
    public void startWithoutWaiting() {
        processor.open();
        follower.start();
    }

    /**
     * Waits until the expectations of the folder are in force, ten seconds at most. Returns at once
     * while judging is far behind: the log has them before whatever comes from now on.
     */
    public void awaitDefinitions() {
        follower.awaitQuietly(
                () -> processor.definitions().isReady() || progress.isFarBehind(), TAKEN_IN);
    }

    /** Reads the verdicts that were made. */
    public VerdictStoreReader verdicts() {
        return reader;
    }

    /** Reads which services were heard. */
    public SourceStoreReader sources() {
        return sources;
    }

    /** All that a verdict was made of; empty if there is no such verdict. */
    public Optional<EvidenceBundle> evidence(String verdictId) {
        return new EvidenceCollector(store, setup).collect(verdictId);
    }

    /** The expectations in force, by name. */
    public List<InForce<Expectation>> expectations() {
        return processor.definitions().inForce().all().stream().map(this::shown).toList();
    }

    /** One expectation in force. */
    public Optional<InForce<Expectation>> expectation(String name) {
        return processor.definitions().inForce().find(name).map(this::shown);
    }

    /**
     * Puts an expectation in force, for triggers that are recorded from now on. It is an event of
     * the log; the same definition again changes nothing. Returns when it is in force.
     *
     * @param text one expectation, as YAML or JSON
     * @param teller who puts it
     * @throws InvalidDefinitionException naming every problem of the definition
     * @throws ExpectationConflictException if a file of the folder defines one of that name
     */
    public InForce<Expectation> put(String text, Teller teller) {
        Definition<Expectation> definition = trials.read(text);
        Optional<AuditEvent> change =
                changes.put(definition, processor.definitions().inForce(), teller);
        if (change.isEmpty()) {
            return expectation(definition.name()).orElseThrow();
        }
        return shown(definition.inForceBy(append(change.get())));
    }

    /**
     * Withdraws an expectation that was put: triggers that are recorded from now on get no verdict;
     * windows that are open go on. It is an event of the log; withdrawing it again changes nothing.
     * Returns when it is withdrawn.
     *
     * @param teller who withdraws it
     * @return absent if there never was one of that name
     * @throws ExpectationConflictException if a file of the folder defines it
     */
    public Optional<WithdrawnExpectation> withdraw(String name, Teller teller) {
        DefinitionsInForce<Expectation> inForce = processor.definitions().inForce();
        String eventId =
                changes.withdrawal(name, inForce, teller)
                        .map(this::append)
                        .orElseGet(() -> inForce.lastEvent(name));
        return Optional.of(eventId)
                .filter(id -> !id.isEmpty())
                .map(id -> WithdrawnExpectation.of(name, id, index));
    }

    /** Tries definitions on what is stored. */
    public ExpectationTrials trials() {
        return trials;
    }

    /** Gives the id under which a change is in the log, and in force. */
    private String append(AuditEvent change) {
        String eventId = OwnAppend.to(log, List.of(change)).getFirst().id();
        long position = log.lastPosition();
        follower.awaitQuietly(() -> processor.statistics().position() >= position, TAKEN_IN);
        return eventId;
    }

    /**
     * Waits until a verdict was made behind a place in their order.
     *
     * @return whether there is one; false when {@code timeout} passed or this was closed
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public boolean await(long sequence, Duration timeout) throws InterruptedException {
        return follower.await(() -> lastSequence() > sequence, timeout);
    }

    /** How many verdicts were made. */
    public long lastSequence() {
        return processor.statistics().made();
    }

    /** How judging stands now. */
    public VerdictStatistics statistics() {
        return processor.statistics().at(progress.now(), progress.waitingSince());
    }

    /** How far verdicts have come in the log. */
    public FollowerProgress progress() {
        return progress;
    }

    /**
     * To be called when senders can reach this service: since it came back from an absence they
     * could not, and what happened meanwhile may be lost.
     */
    public void doorsOpened() {
        processor.presence().enter();
    }

    /** To be called when senders cannot reach this service any more: its absence begins here. */
    public void doorsClosed() {
        processor.presence().leave();
    }

    /** Stops to judge; what was judged is kept. */
    @Override
    public void close() {
        boolean ended = follower.end();
        processor.presence().close();
        if (ended) {
            processor.alive();
        }
    }

    private InForce<Expectation> shown(Definition<Expectation> definition) {
        return InForce.of(definition, index, processor.definitions(), warnings.of(definition));
    }
}
