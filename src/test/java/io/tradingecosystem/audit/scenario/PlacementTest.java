package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.EventClock;
import io.tradingecosystem.audit.matching.JoinedEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;

/** Where an event lies, in nanoseconds behind a trigger, of which clocks differ by up to ten. */
class PlacementTest {
    private static final ClockSkew TEN = ClockSkew.of(Duration.ofNanos(10));
    private static final String OUTSIDE = "OUTSIDE";

    private static JoinedEvent event(String id, long at, String clock) {
        return new JoinedEvent(id, "type", at, at, new EventClock(clock, "host.id " + clock));
    }

    private static String named(Optional<Placement> placement) {
        return placement.map(Placement::name).orElse(OUTSIDE);
    }

    private static String of(long delay, long within, String clock) {
        return named(
                Placement.of(
                        event("e", 1_000 + delay, clock), event("t", 1_000, "a"), within, TEN));
    }

    private static String behind(long delay, String clock) {
        return named(
                Placement.behind(event("e", 1_000 + delay, clock), event("f", 1_000, "a"), TEN));
    }

    @ParameterizedTest
    @CsvSource({"-1,OUTSIDE", "0,SURE", "50,SURE", "100,SURE", "101,OUTSIDE"})
    void shouldBeExactOnOneClock(long delay, String placement) {
        assertThat(of(delay, 100, "a")).isEqualTo(placement);
    }

    @ParameterizedTest
    @CsvSource({
        "-11,OUTSIDE",
        "-10,OPENING",
        "0,OPENING",
        "9,OPENING",
        "10,SURE",
        "90,SURE",
        "91,END",
        "100,END",
        "109,END",
        "110,OUTSIDE"
    })
    void shouldBeUnsureAtBothEdgesOnTwoClocks(long delay, String placement) {
        assertThat(of(delay, 100, "b")).isEqualTo(placement);
    }

    @ParameterizedTest
    @CsvSource({"-11,OUTSIDE", "-10,OPENING", "-5,OPENING", "-4,END", "14,END", "15,OUTSIDE"})
    void shouldBeAtTheEndWhereBothFit(long delay, String placement) {
        assertThat(of(delay, 5, "b")).isEqualTo(placement);
    }

    @ParameterizedTest
    @CsvSource({"-1,OUTSIDE", "0,SURE", "1,SURE"})
    void shouldKnowTheOrderOnOneClock(long delay, String placement) {
        assertThat(behind(delay, "a")).isEqualTo(placement);
    }

    @ParameterizedTest
    @CsvSource({"-11,OUTSIDE", "-10,OPENING", "0,OPENING", "9,OPENING", "10,SURE"})
    void shouldLeaveTheOrderOpenWithinTheSkew(long delay, String placement) {
        assertThat(behind(delay, "b")).isEqualTo(placement);
    }

    @Test
    void shouldNotBeBehindItself() {
        JoinedEvent event = event("f", 1_000, "a");
        assertThat(Placement.behind(event, event, TEN)).isEmpty();
    }

    @Test
    void shouldNotTurnRoundAtTheEndsOfTime() {
        JoinedEvent first = event("t", Long.MIN_VALUE + 5, "a");
        JoinedEvent last = event("e", Long.MAX_VALUE - 5, "b");
        assertThat(Placement.of(last, first, 100, TEN)).isEmpty();
        assertThat(Placement.behind(first, last, TEN)).isEmpty();
    }

    @Test
    void shouldCountWhatIsLessSure() {
        assertThat(Placement.SURE.and(Placement.OPENING)).isEqualTo(Placement.OPENING);
        assertThat(Placement.OPENING.and(Placement.SURE)).isEqualTo(Placement.OPENING);
        assertThat(Placement.END.and(Placement.OPENING)).isEqualTo(Placement.END);
        assertThat(Placement.SURE.and(Placement.SURE)).isEqualTo(Placement.SURE);
    }

    @Test
    void shouldCountForALowerLimit() {
        assertThat(Placement.SURE.countsAsKept(true)).isTrue();
        assertThat(Placement.OPENING.countsAsKept(true)).isFalse();
        assertThat(Placement.OPENING.countsAsKept(false)).isTrue();
        assertThat(Placement.END.countsAsKept(false)).isFalse();
    }
}
