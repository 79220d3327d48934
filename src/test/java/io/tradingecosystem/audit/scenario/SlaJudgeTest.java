package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.EventClock;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;

/** Whether a time of at most two seconds was kept, of which clocks differ by up to 100 ms. */
class SlaJudgeTest {
    private static final Sla SLA = new Sla("sla", "f", "g", Duration.ofSeconds(2));
    private static final JoinedEvent START = event(0, "a");

    private static JoinedEvent event(long millis, String clock) {
        long at = millis * 1_000_000;
        return new JoinedEvent(
                "e" + millis, "type", at, at, new EventClock(clock, "host.id " + clock));
    }

    private static Finding judge(boolean critical, Fulfilment from, Fulfilment to) {
        return new SlaJudge(SLA, critical, ClockSkew.of(Duration.ofMillis(100)))
                .judge(from, to, Duration.ofSeconds(10));
    }

    private static Finding took(long millis, String clock) {
        return judge(false, Fulfilment.by(START), Fulfilment.by(event(millis, clock)));
    }

    private static Fulfilment unsure(JoinedEvent event) {
        return new Fulfilment(event, Optional.empty(), Optional.empty());
    }

    private static Fulfilment surely(JoinedEvent event, JoinedEvent sure) {
        return new Fulfilment(event, Optional.of(sure), Optional.empty());
    }

    private static Fulfilment lost(JoinedEvent event) {
        return new Fulfilment(event, Optional.of(event), Optional.of("the bus was away"));
    }

    @ParameterizedTest
    @CsvSource({"0,MET", "2000,MET", "2001,MISSED", "-1,UNCERTAIN"})
    void shouldBeExactOnOneClock(long millis, State state) {
        assertThat(took(millis, "a").state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "-101,UNCERTAIN",
        "-100,MET",
        "0,MET",
        "1900,MET",
        "1901,UNCERTAIN",
        "2000,UNCERTAIN",
        "2099,UNCERTAIN",
        "2100,MISSED"
    })
    void shouldBeTooCloseToCallWithinTheSkew(long millis, State state) {
        assertThat(took(millis, "b").state()).isEqualTo(state);
    }

    @Test
    void shouldSayHowLongItTook() {
        assertThat(took(1_500, "a").reason()).isEqualTo("took 1.5 s of 2 s");
        assertThat(took(-50, "b").reason()).isEqualTo("took 0 ms of 2 s");
        assertThat(took(-500, "b").reason()).isEqualTo("ended 500 ms before it began");
        assertThat(took(2_050, "b").reason())
                .isEqualTo("took 2.05 s of 2 s: too close to call, as clocks may differ by 100 ms");
        assertThat(took(1_500, "a").at()).isEqualTo(event(1_500, "a").occurredAt());
    }

    @Test
    void shouldNotTakeAnEndBeforeItsBeginningForKeptWhereThatIsCritical() {
        Fulfilment from = Fulfilment.by(START);
        assertThat(judge(true, from, Fulfilment.by(event(-1, "b"))).state())
                .isEqualTo(State.UNCERTAIN);
        assertThat(judge(true, from, Fulfilment.by(event(0, "b"))).state()).isEqualTo(State.MET);
    }

    @Test
    void shouldBeKeptOnlyIfTheEndThatIsSureWasInTime() {
        Fulfilment from = Fulfilment.by(START);
        JoinedEvent end = event(500, "a");

        assertThat(judge(false, from, unsure(end)).state()).isEqualTo(State.MET);
        assertThat(judge(false, from, surely(end, event(1_000, "a"))).state()).isEqualTo(State.MET);
        Finding finding = judge(false, from, surely(end, event(3_000, "a")));
        assertThat(finding.state()).isEqualTo(State.UNCERTAIN);
        assertThat(finding.reason())
                .isEqualTo("took 500 ms of 2 s, but the clocks leave open which event it was");
    }

    @Test
    void shouldBeMissedOnlyIfTheBeginningThatIsSureWasAsEarly() {
        Fulfilment to = Fulfilment.by(event(3_000, "a"));

        assertThat(judge(false, unsure(START), to).state()).isEqualTo(State.UNCERTAIN);
        assertThat(judge(false, surely(START, event(500, "a")), to).state())
                .isEqualTo(State.MISSED);
        assertThat(judge(false, surely(START, event(2_000, "a")), to).state())
                .isEqualTo(State.UNCERTAIN);
    }

    @Test
    void shouldKnowWhatMayHaveBegunOrEndedItEarlier() {
        Fulfilment from = Fulfilment.by(START);
        Fulfilment kept = Fulfilment.by(event(500, "a"));
        Fulfilment missed = Fulfilment.by(event(3_000, "a"));

        assertThat(judge(false, lost(START), kept).state()).isEqualTo(State.UNCERTAIN);
        assertThat(judge(false, lost(START), kept).reason()).endsWith(", but the bus was away");
        assertThat(judge(false, lost(START), missed).state()).isEqualTo(State.MISSED);
        assertThat(judge(false, from, lost(event(500, "a"))).state()).isEqualTo(State.MET);
        assertThat(judge(false, from, lost(event(3_000, "a"))).state()).isEqualTo(State.UNCERTAIN);
    }

    /** Where no end that is there is sure, one that is not there may be the end, and too late. */
    @Test
    void shouldBeKeptOnlyIfNoLostEventMayHaveEndedItLater() {
        JoinedEvent end = event(500, "a");
        Fulfilment unsure = new Fulfilment(end, Optional.empty(), Optional.of("the bus was away"));

        Finding finding = judge(false, Fulfilment.by(START), unsure);
        assertThat(finding.state()).isEqualTo(State.UNCERTAIN);
        assertThat(finding.reason()).isEqualTo("took 500 ms of 2 s, but the bus was away");
    }
}
