package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.EventClock;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.NearMisses.Nearest;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.NearestMiss;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What came nearest to counting, of an effect that was wanted within ten seconds. */
class NearMissesTest {
    private static final long SECOND = 1_000_000_000;
    private static final long LATER = 100 * SECOND;
    private static final Effect EFFECT =
            Scene.definitions(
                            """
                            name: x
                            when: {type: t}
                            expect: [{name: e, event: {type: e}, within: 10s}]
                            """)
                    .getFirst()
                    .content()
                    .effects()
                    .getFirst();
    private static final NearMisses MISSES =
            new NearMisses(
                    new Occurrence("id", event(0), 1, ""), Scene.EXACT, NearMisses.OtherKeys.NONE);

    private static JoinedEvent event(long nanos) {
        return new JoinedEvent("e" + nanos, "e", nanos, nanos, new EventClock("a", "a"));
    }

    private static Optional<String> nearest(List<JoinedEvent> counted, long due, long... times) {
        List<JoinedEvent> events = new ArrayList<>();
        for (long at : times) {
            events.add(event(at));
        }
        return nearest(new FoundPart(events, Optional.empty()), counted, due);
    }

    private static Optional<String> nearest(
            PartEvents events, List<JoinedEvent> counted, long due) {
        Nearest nearest = MISSES.nearest(EFFECT, events, counted, Times.ofEpochNanos(due));
        return nearest.miss().map(NearestMiss::event).map(each -> each.eventId());
    }

    @ParameterizedTest
    @CsvSource({"1s,10s", "10s,10s", "11s,11s", "10m,10m", "11m,10m"})
    void shouldLookBehindForAsLongAsTheWindowWasButNotTooShortNorTooLong(
            String within, String behind) {
        assertThat(NearMisses.lookBehind(duration(within))).isEqualTo(duration(behind).toNanos());
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }

    @Test
    void shouldNameTheNearerOfWhatCameBeforeAndWhatCameTooLate() {
        assertThat(nearest(List.of(), LATER, -3 * SECOND, -2 * SECOND, 13 * SECOND))
                .contains("e" + -2 * SECOND);
        assertThat(nearest(List.of(), LATER, -3 * SECOND, 11 * SECOND, 12 * SECOND))
                .contains("e" + 11 * SECOND);
    }

    @Test
    void shouldLookAMinuteBeforeAndAWindowBehind() {
        long before = 60 * SECOND;
        assertThat(nearest(List.of(), LATER, -before)).contains("e" + -before);
        assertThat(nearest(List.of(), LATER, -before - 1)).isEmpty();
        long behind = 20 * SECOND;
        assertThat(nearest(List.of(), LATER, behind)).contains("e" + behind);
        assertThat(nearest(List.of(), LATER, behind + 1)).isEmpty();
        assertThat(nearest(List.of(), LATER, 0, 5 * SECOND, 10 * SECOND)).as("in time").isEmpty();
        assertThat(nearest(List.of(), LATER, 10 * SECOND + 1)).isPresent();
        assertThat(nearest(List.of(), LATER, -1)).contains("e-1");
    }

    @Test
    void shouldLookOnlyAtWhatWasRecordedBefore() {
        long late = 11 * SECOND;
        assertThat(nearest(List.of(), late + 1, late)).contains("e" + late);
        assertThat(nearest(List.of(), late, late)).isEmpty();
    }

    @Test
    void shouldNotNameWhatCounts() {
        assertThat(nearest(List.of(event(-1)), LATER, -1)).isEmpty();
        assertThat(nearest(List.of(event(-1)), LATER, -1, -2)).contains("e-2");
    }

    @Test
    void shouldNotNameWhatIsAnothers() {
        assertThat(nearest(new Others(99), List.of(), LATER)).contains("e100");
        assertThat(nearest(new Others(100), List.of(), LATER))
                .as("no more than so many are looked at")
                .isEmpty();
    }

    /** Events that come too late, of which the first are another trigger's. */
    private record Others(int others) implements PartEvents {
        @Override
        public void ascending(long from, long to, Predicate<JoinedEvent> visitor) {
            int number = 1;
            while (visitor.test(
                    new JoinedEvent("e" + number, "e", from, from, new EventClock("a", "a")))) {
                number++;
            }
        }

        @Override
        public void descending(long from, long to, Predicate<JoinedEvent> visitor) {}

        @Override
        public boolean isOfAnother(JoinedEvent event, long before) {
            return Integer.parseInt(event.id().substring(1)) <= others;
        }

        @Override
        public Optional<String> leftOut() {
            return Optional.empty();
        }
    }
}
