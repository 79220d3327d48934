package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A referee that follows a log in memory. Time is in seconds since the start of a {@link Scene}; an
 * event is recorded when the clock says. Of attributes, {@code k} is indexed.
 */
final class Hearing {
    private static final long MANY = 1_000_000;
    static final VerdictBounds ROOMY = new VerdictBounds(MANY, MANY, MANY, 1_000, 20_000);

    private final VerdictBounds bounds;
    private final ManualClock clock = ManualClock.at(Scene.at(-60));
    private final MemoryStore store = MemoryStore.create(clock, Set.of("k"));
    private Referee referee;

    /** With all the room there is. */
    Hearing() {
        this(ROOMY);
    }

    Hearing(VerdictBounds bounds) {
        this.bounds = bounds;
        this.referee = opened(Scene.EXACT, store);
    }

    /** With as many events looked at for one question. */
    static Hearing withBudget(int searched) {
        return new Hearing(new VerdictBounds(MANY, MANY, MANY, 1_000, searched));
    }

    private Referee opened(Tolerances tolerances, EventIndex index) {
        return Referee.of(store.projection("scenario"), index, tolerances, bounds);
    }

    Referee referee() {
        return referee;
    }

    MemoryStore store() {
        return store;
    }

    VerdictStoreReader reader() {
        return new VerdictStoreReader(store.projection("scenario"), store);
    }

    /** Goes on with what was committed, and finds events by another index. */
    void restart(EventIndex index) {
        referee = opened(Scene.EXACT, index);
    }

    void restart() {
        restart(store);
    }

    void define(String yaml) {
        Scene.definitions(yaml).forEach(this::define);
    }

    private void define(Definition<Expectation> definition) {
        add(
                VerdictEvents.EXPECTATIONS.inForce(
                        "test",
                        clock.instant(),
                        definition,
                        referee.expectations().inForce().lastEvent(definition.name())));
    }

    void withdraw(String name) {
        var definition = referee.expectations().inForce().find(name).orElseThrow();
        add(VerdictEvents.EXPECTATIONS.withdrawal("test", clock.instant(), definition));
    }

    void lose(double from, double to) {
        add(VerdictEvents.gap("test", new Gap(Scene.at(from), Scene.at(to), "the bus was away")));
    }

    /** Takes in an event that occurs and is recorded now. */
    void add(String type, String id, String key) {
        double now = Duration.between(Scene.START, clock.instant()).toNanos() / 1e9;
        add(type, id, now, key);
    }

    /** Takes in an event that is recorded now. */
    void add(String type, String id, double occurred, String key) {
        add(event(type, id, occurred, key));
    }

    static AuditEvent event(String type, String id, double occurred, String key) {
        return Scene.event("desk", type, id, occurred)
                .severity(Severity.WARNING)
                .attribute("k", key)
                .build();
    }

    void add(AuditEvent event) {
        store.append(List.of(event));
        store.read(referee.writer().position(), 1_000).forEach(referee::accept);
        referee.commit();
    }

    /** Sets the clock by which events are recorded; nothing falls due by that alone. */
    void setClock(double seconds) {
        clock.jump(Duration.between(clock.instant(), Scene.at(seconds)));
    }

    /** Judges what is due by a time, wherever the clock is. */
    void expire(double seconds) {
        referee.expire(Scene.at(seconds));
        referee.commit();
    }

    void moveTo(double seconds) {
        setClock(seconds);
        expire(seconds);
    }

    /** The verdict of the expectation x on a trigger. */
    Verdict on(String trigger) {
        return reader().verdict(Occurrence.verdictId("x", trigger)).orElseThrow();
    }

    /** The ids of alerts that nothing explains. */
    List<String> alerts() {
        return reader().unexplainedAlerts(1_000).stream().map(AuditEvent::id).sorted().toList();
    }
}
