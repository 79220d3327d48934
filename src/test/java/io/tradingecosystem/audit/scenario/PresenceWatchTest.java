package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.FaultyLog;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.ManualTicker;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What counts as an absence, with both clocks in the test's hand and no thread. */
class PresenceWatchTest {
    private final ManualClock clock = ManualClock.at(Scene.START);
    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private final FaultyLog log = new FaultyLog(store);
    private AbsenceReports reports;
    private PresenceWatch watch = opened();

    private PresenceWatch opened() {
        reports = new AbsenceReports(log, "audit");
        PresenceWatch opened =
                new PresenceWatch(
                        log,
                        store.projection(PresenceWatch.PROJECTION),
                        reports,
                        new Time(clock, ticker));
        opened.begin(Optional.empty());
        return opened;
    }

    /** Time goes by in which the process runs, or does not. */
    private void pass(double seconds) {
        Duration time = Duration.ofMillis(Math.round(seconds * 1_000));
        clock.jump(time);
        ticker.advance(time);
    }

    private void live(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pass(1);
            watch.beat();
        }
    }

    private List<String> told() {
        return store.read(0, 1_000).stream().map(AuditEvent::message).toList();
    }

    private static String gap(String reason, double from, double to) {
        return reason + " from " + Scene.at(from) + " to " + Scene.at(to);
    }

    @Test
    void shouldNotCallWorkAnAbsence() {
        // However long the follower takes, and whatever it finds then.
        live(600);
        pass(0.9);
        watch.look();

        assertThat(told()).isEmpty();
        assertThat(reports.unreadAt(0)).isEmpty();
    }

    @Test
    void shouldCallItAnAbsenceWhenNothingRan() {
        live(10);
        pass(60);
        watch.beat();
        live(10);

        assertThat(told()).containsExactly(gap("the correlator stood still", 10, 70));
    }

    @Test
    void shouldTakeUpToFiveSecondsForNone() {
        pass(5);
        watch.beat();
        assertThat(told()).isEmpty();

        pass(5.001);
        watch.beat();
        assertThat(told()).containsExactly(gap("the correlator stood still", 5, 10.001));
    }

    @Test
    void shouldHoldWhoeverLooksBeforeTheHeartBeats() {
        live(10);
        pass(60);

        watch.look();

        assertThat(reports.unreadAt(0)).contains(Scene.at(10));
        assertThat(told()).isEmpty();
        watch.beat();
        assertThat(told()).containsExactly(gap("the correlator stood still", 10, 70));
        assertThat(reports.unreadAt(0)).contains(Scene.at(10));
        assertThat(reports.unreadAt(1)).isEmpty();
    }

    @Test
    void shouldNoticeAMachineThatSleptWhileItsMonotonicClockStoodStill() {
        Time time = new Time(clock, ticker).withSleep();
        watch = new PresenceWatch(log, store.projection(PresenceWatch.PROJECTION), reports, time);
        watch.begin(Optional.empty());
        live(3);
        clock.jump(Duration.ofHours(8));
        watch.beat();

        assertThat(told()).containsExactly(gap("the correlator stood still", 3, 28_803));
    }

    @Test
    void shouldCountFromTheLastBeatWhenTheProcessIsKilled() {
        live(10);
        pass(0.25);
        watch = opened();

        assertThat(told()).containsExactly(gap("the correlator was away", 10, 10.25));
    }

    @Test
    void shouldTellOfNoAbsenceWhereNobodyWasBefore() {
        live(3);

        assertThat(told()).isEmpty();
        assertThat(reports.count()).isZero();
    }

    @Test
    void shouldTakeTracesOfAVersionWithoutAHeart() {
        MemoryStore older = MemoryStore.create(clock, Set.of());
        watch =
                new PresenceWatch(
                        older,
                        older.projection(PresenceWatch.PROJECTION),
                        new AbsenceReports(older, "audit"),
                        new Time(clock, ticker));
        watch.begin(Optional.of(Scene.at(-7)));

        assertThat(older.read(0, 10))
                .extracting(AuditEvent::message)
                .containsExactly(gap("the correlator was away", -7, 0));
    }

    @Test
    void shouldBeAbsentWhileTheLogCannotBeWritten() {
        live(10);
        log.unavailable(Integer.MAX_VALUE);
        live(3);
        assertThat(told()).isEmpty();
        assertThat(reports.unreadAt(0)).contains(Scene.at(10));

        log.unavailable(0);
        live(10);

        assertThat(told()).containsExactly(gap("the log could not be written", 10, 14));
    }

    @Test
    void shouldTellAfterALogWasBusyWithoutLongerAbsence() {
        live(10);
        pass(60);
        log.busy(2);
        live(5);

        assertThat(told()).containsExactly(gap("the correlator stood still", 10, 71));
    }

    @Test
    void shouldNotSayThatItWasHereWhileAnAbsenceIsUntold() {
        live(10);
        pass(60);
        log.busy(Integer.MAX_VALUE);
        live(5);
        log.busy(0);
        watch = opened();

        assertThat(told()).containsExactly(gap("the correlator was away", 10, 75));
    }

    @Test
    void shouldCountFromWhenItsDoorsClosed() {
        live(10);
        watch.leave();
        live(10);
        watch.close();
        watch = opened();

        assertThat(told()).containsExactly(gap("the correlator was away", 10, 20));
    }

    @Test
    void shouldSpeakThroughEventsThatAreRead() {
        pass(60);
        watch.beat();

        assertThat(store.read(0, 1))
                .allSatisfy(event -> assertThat(VerdictEvents.gap(event)).isPresent());
    }
}
