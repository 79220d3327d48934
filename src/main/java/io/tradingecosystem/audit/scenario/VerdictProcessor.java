package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.definition.DefinitionWatch;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.LogFollower;
import io.tradingecosystem.audit.scenario.expectations.ExpectationSource;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce.Definition;
import io.tradingecosystem.audit.scenario.expectations.InvalidExpectationException;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStatistics;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is done with the log to judge. The referee gets the events and, when there are none, the
 * time; once a second it is noted that we are alive, so that the next start knows how long we were
 * away. For the follower's thread, but for {@link #inForce}, {@link #statistics} and {@link
 * #isReady}.
 */
final class VerdictProcessor implements LogFollower.Work {
    private static final EventLogger LOG = EventLogger.of(VerdictProcessor.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration SHORTEST_ABSENCE = HEARTBEAT.multipliedBy(2);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final int MAX_PUBLISHED = 256;
    static final int BATCH = 4_096;

    private final EventLog log;
    private final EventIndex index;
    private final Projection projection;
    private final VerdictSetup setup;
    private final VerdictObserver observer;
    private final Time time;
    private final ExpectationSource source;
    private final DefinitionWatch watch;

    private volatile Map<String, Definition> inForce = Map.of();
    private volatile Map<String, String> withdrawn = Map.of();
    private volatile VerdictStatistics statistics =
            new VerdictStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    private Referee referee;
    private Optional<Instant> awaySince = Optional.empty();
    private long published = -1;
    private long lastHeartbeat;
    private long absences;
    private long skipped;

    VerdictProcessor(
            Store store,
            Projection projection,
            VerdictSetup setup,
            VerdictObserver observer,
            Time time) {
        this.log = store.log();
        this.index = store.index();
        this.projection = projection;
        this.setup = setup;
        this.observer = observer;
        this.time = time;
        this.source = new ExpectationSource(setup.expectations());
        this.watch =
                new DefinitionWatch(
                        "expectations",
                        source::fingerprint,
                        () -> changes(source.read()),
                        log,
                        time);
        this.referee = reopened();
    }

    /**
     * Looks how long we were away, and tells so before anything else is told.
     *
     * @throws InvalidExpectationException if the folder's files have problems
     */
    void open() {
        awaySince =
                projection
                        .get(VerdictKeys.ALIVE)
                        .map(alive -> JsonRecord.time(JsonRecord.read(alive), "at"));
        lastHeartbeat = time.tick() - HEARTBEAT.toNanos();
        awaySince.ifPresent(referee::hold);
        try {
            tellAbsence();
        } catch (LogUnavailableException | LogBusyException e) {
            LOG.warn("scenario.absence.postponed", "reason", e);
        }
        watch.begin();
    }

    Map<String, Definition> inForce() {
        return inForce;
    }

    /** The last event about an expectation with a name; empty if there was none. */
    String lastEvent(String name) {
        Definition definition = inForce.get(name);
        return definition == null ? withdrawn.getOrDefault(name, "") : definition.eventId();
    }

    VerdictStatistics statistics() {
        return statistics;
    }

    boolean isReady() {
        return watch.isReady();
    }

    @Override
    public long position() {
        return referee.writer().position();
    }

    @Override
    public void take(List<AuditEvent> events) {
        noticeSilence();
        for (AuditEvent event : events) {
            made(referee.accept(event, true));
        }
    }

    @Override
    public Duration settle(boolean caughtUp) {
        noticeSilence();
        boolean reported = tellAbsence();
        // What was just told must be known before any time is over.
        if (caughtUp && !reported) {
            expire(time.now());
            watch.look();
        }
        publish();
        writeHeartbeat();
        show();
        return untilNextDue();
    }

    @Override
    public void reopen() {
        Instant horizon = referee.horizon();
        referee = reopened();
        referee.hold(horizon);
        published = -1;
    }

    @Override
    public void skip(long position) {
        skipped++;
        referee.writer().position(position);
    }

    private Duration untilNextDue() {
        return referee.nextDue()
                .map(due -> Duration.between(time.now(), due))
                .filter(wait -> wait.compareTo(HEARTBEAT) < 0)
                .map(wait -> wait.isNegative() ? Duration.ofMillis(1) : wait.plusMillis(1))
                .orElse(HEARTBEAT);
    }

    /** With what is judged by the clock alone it is noted how far the clock was. */
    private void expire(Instant now) {
        if (referee.nextDue().filter(due -> !due.isAfter(now)).isPresent()) {
            noteAlive(now);
        }
        made(referee.expire(now));
    }

    private void made(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            observer.made(verdict);
        }
    }

    /** A long silence of our own is an absence like any other. */
    private void noticeSilence() {
        long since = time.tick() - lastHeartbeat;
        if (since > MAX_PAUSE.toNanos() && awaySince.isEmpty()) {
            awaySince = Optional.of(time.now().minusNanos(since));
            awaySince.ifPresent(referee::hold);
        }
    }

    /** Notes that we live. */
    private void writeHeartbeat() {
        long tick = time.tick();
        long since = tick - lastHeartbeat;
        if (since < HEARTBEAT.toNanos()
                && referee.writer().position() - projection.position() < BATCH) {
            return;
        }
        lastHeartbeat = tick;
        alive();
    }

    /** Notes that we live now; not while it is untold when we lived before. */
    void alive() {
        if (awaySince.isEmpty()) {
            noteAlive(time.now());
            referee.writer().commit();
        }
    }

    private void noteAlive(Instant now) {
        JsonNode alive = JsonNodeFactory.instance.objectNode().put("at", now.toString());
        referee.writer().put(VerdictKeys.ALIVE, alive);
    }

    /**
     * Tells the log of an absence. While the log cannot be written, what happens is lost as well,
     * and the absence goes on.
     */
    private boolean tellAbsence() {
        Instant now = time.now();
        Optional<Instant> from =
                awaySince.filter(since -> since.isBefore(now.minus(SHORTEST_ABSENCE)));
        if (from.isPresent()) {
            Gap gap = new Gap(from.get(), now, "the correlator was away");
            log.append(List.of(VerdictEvents.gap(setup.service(), gap)));
            absences++;
            LOG.warn("scenario.absence", "from", gap.from(), "to", now);
            lastHeartbeat = time.tick() - HEARTBEAT.toNanos();
        } else if (awaySince.isPresent()) {
            referee.hold(Instant.MAX);
        }
        awaySince = Optional.empty();
        return from.isPresent();
    }

    private List<AuditEvent> changes(List<Definition> wanted) {
        Map<String, Definition> left = new TreeMap<>();
        referee.definitions().inForce().stream()
                .filter(definition -> definition.origin().equals("file"))
                .forEach(definition -> left.put(definition.expectation().name(), definition));
        List<AuditEvent> changes = new ArrayList<>();
        Instant now = time.now();
        for (Definition definition : wanted) {
            String name = definition.expectation().name();
            left.remove(name);
            Optional<Definition> before = referee.definitions().inForce(name);
            boolean same =
                    before.map(Definition::text).equals(Optional.of(definition.text()))
                            && before.map(Definition::origin).equals(Optional.of("file"));
            if (!same) {
                String last =
                        before.map(Definition::eventId)
                                .orElse(referee.definitions().withdrawn().getOrDefault(name, ""));
                changes.add(VerdictEvents.expectation(setup.service(), now, definition, last));
            }
        }
        left.values()
                .forEach(gone -> changes.add(VerdictEvents.withdrawal(setup.service(), now, gone)));
        return changes;
    }

    /** Writes verdicts that are not in the log yet; sent twice, they are stored once. */
    private void publish() {
        if (published == referee.writer().sequence()) {
            return;
        }
        List<AuditEvent> events = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        projection.scan(
                'o',
                (key, value) -> {
                    Optional<JsonNode> verdict =
                            projection
                                    .get(VerdictKeys.sequence(VerdictKeys.number(key)))
                                    .map(JsonRecord::read);
                    verdict.ifPresent(
                            node ->
                                    events.add(
                                            VerdictEvents.verdict(
                                                    setup.service(), VerdictJson.read(node))));
                    keys.add(key);
                    return keys.size() < MAX_PUBLISHED;
                });
        if (keys.isEmpty()) {
            published = referee.writer().sequence();
            return;
        }
        try {
            log.append(events);
        } catch (LogBusyException e) {
            // They stay in the projection, and are tried again with the next beat.
            return;
        }
        keys.forEach(referee.writer()::delete);
        referee.writer().commit();
    }

    private Referee reopened() {
        return Referee.of(projection, index, setup.tolerances(), setup.maxOccurrences());
    }

    private void show() {
        VerdictStoreWriter writer = referee.writer();
        Map<String, Definition> now = new TreeMap<>();
        referee.definitions()
                .inForce()
                .forEach(definition -> now.put(definition.expectation().name(), definition));
        withdrawn = Map.copyOf(referee.definitions().withdrawn());
        inForce = now;
        statistics =
                new VerdictStatistics(
                        now.size(),
                        writer.windows(),
                        writer.open(),
                        writer.sequence(),
                        writer.evicted(),
                        referee.refused(),
                        skipped,
                        writer.position(),
                        log.lastPosition() - writer.position(),
                        absences,
                        watch.problems());
    }
}
