package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.scenario.verdicts.Eviction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.FaultyLog;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What the log says of events and windows that bounds left out. */
class EvictionReportsTest {
    private static final VerdictBounds BOUNDS = new VerdictBounds(1_000, 2, 4, 1_000, 100);
    private static final String EXPECTATION =
            """
            name: any
            when: {type: chaos.injected}
            expect: [{name: alert, event: {type: risk.alert.raised}, within: 15s, join: [scenario_id]}]
            never: [{name: eviction, event: {type: 'audit.*'}, within: 15s}]
            """;

    private final ManualClock clock = ManualClock.at(Scene.START);
    private final AtomicLong tick = new AtomicLong();
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private final FaultyLog log = new FaultyLog(store);
    private Referee referee = opened();
    private EvictionReports reports = started();

    private Referee opened() {
        return Referee.of(store.projection("scenario"), store, Scene.EXACT, BOUNDS);
    }

    private EvictionReports started() {
        return new EvictionReports(log, "audit", new Time(clock, tick::get));
    }

    private void expect() {
        append(
                VerdictEvents.EXPECTATIONS.inForce(
                        "test", Scene.START, Scene.definitions(EXPECTATION).getFirst(), ""));
    }

    private void inject(int from, int to) {
        for (int i = from; i < to; i++) {
            append(Scene.injected("t" + i, 0, "s" + i));
        }
    }

    private void append(AuditEvent event) {
        store.append(List.of(event));
        follow();
    }

    private void follow() {
        store.read(referee.writer().position(), 1_000).forEach(referee::accept);
        referee.commit();
    }

    private void tell() {
        reports.tell(referee.evictions(), referee.bounds());
    }

    private void pass(Duration time) {
        tick.addAndGet(time.toNanos());
    }

    private List<AuditEvent> told() {
        return store.read(0, 1_000).stream()
                .filter(event -> event.type().equals(VerdictEvents.EVICTION))
                .toList();
    }

    @Test
    void shouldSayNothingWhileNothingIsLeftOut() {
        expect();
        inject(0, 2);
        tell();

        assertThat(told()).isEmpty();
    }

    @Test
    void shouldSayHowManyWindowsWereClosedAndHowManyEventsDropped() {
        expect();
        inject(0, 5);
        tell();

        Eviction total = referee.evictions().total();
        AuditEvent event = told().getFirst();
        assertThat(total.closedWindows()).isEqualTo(3);
        assertThat(total.droppedEvents()).isPositive();
        assertThat(event.severity()).isEqualTo(Severity.WARNING);
        assertThat(event.attribute("closed_windows")).isEqualTo("3");
        assertThat(event.attribute("closed_windows_total")).isEqualTo("3");
        assertThat(event.attribute("dropped_events")).isEqualTo("" + total.droppedEvents());
        assertThat(event.attribute("dropped_events_total")).isEqualTo("" + total.droppedEvents());
        assertThat(event.attribute("max_open_windows")).isEqualTo("2");
        assertThat(event.attribute("max_held_events")).isEqualTo("4");
        assertThat(event.attribute("part")).isEqualTo("verdicts");
        assertThat(event.attribute("sides"))
                .isEqualTo(
                        "any alert triggers up to 2026-01-01T12:00:03.625Z;"
                                + " any eviction triggers up to 2026-01-01T12:00:03.625Z");
        assertThat(event.message())
                .isEqualTo(
                        "joins dropped %d events to keep 4, and 3 windows were closed early to keep 2 open"
                                .formatted(total.droppedEvents()));
    }

    @Test
    void shouldSaySoOnceASecondAtMost() {
        expect();
        inject(0, 3);
        tell();
        tell();
        inject(3, 6);
        pass(Duration.ofMillis(999));
        tell();
        assertThat(told()).hasSize(1);

        pass(Duration.ofMillis(1));
        tell();
        assertThat(told())
                .extracting(event -> event.attribute("closed_windows"))
                .containsExactly("1", "3");
        assertThat(told().getLast().attribute("closed_windows_total")).isEqualTo("4");
    }

    @Test
    void shouldNotSayAgainAfterARestartWhatTheLogHasWordOf() {
        expect();
        inject(0, 3);
        tell();
        follow();

        referee = opened();
        reports = started();
        tell();
        assertThat(told()).hasSize(1);

        inject(3, 4);
        tell();
        assertThat(told())
                .extracting(event -> event.attribute("closed_windows"))
                .containsExactly("1", "1");
    }

    @Test
    void shouldSayLaterWhatTheLogDidNotTake() {
        expect();
        inject(0, 3);
        log.unavailable(1);
        tell();
        assertThat(told()).isEmpty();

        pass(Duration.ofSeconds(1));
        tell();
        assertThat(told()).hasSize(1);
    }

    @Test
    void shouldNotBelieveWordOfMoreThanThereWas() {
        expect();
        inject(0, 3);
        append(
                VerdictEvents.eviction(
                        "other",
                        Scene.START,
                        new Eviction(99, 99),
                        new Eviction(0, 0),
                        1,
                        1,
                        List.of()));
        tell();

        assertThat(told()).hasSize(2);
        assertThat(told().getLast().attribute("closed_windows")).isEqualTo("1");
    }

    @Test
    void shouldNeverTakeItForEvidence() {
        expect();
        inject(0, 1);
        Eviction none = new Eviction(0, 0);
        append(
                VerdictEvents.eviction(
                        "audit", Scene.at(1), new Eviction(1, 0), none, 4, 2, List.of()));
        append(Scene.alert("a", 2, "s0"));
        referee.judgeAll(Scene.at(60));

        var verdicts = new VerdictStoreReader(store.projection("scenario"), store).all();
        assertThat(verdicts.getFirst().reason()).doesNotContain("audit.eviction");
        assertThat(verdicts)
                .singleElement()
                .extracting(verdict -> verdict.status().name())
                .isEqualTo("PASSED");
        assertThat(VerdictEvents.isOwn(told().getFirst())).isTrue();
    }
}
