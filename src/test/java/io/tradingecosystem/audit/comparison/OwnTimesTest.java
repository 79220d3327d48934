package io.tradingecosystem.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.comparison.OwnTimes.OwnTime;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class OwnTimesTest {

    private static Map<String, Long> millis(RunOf run) {
        List<OwnTime> times = run.sample().ownTimes();
        Map<String, Long> millis = new TreeMap<>();
        times.forEach(
                each ->
                        millis.put(
                                each.service() + " " + each.step().type(),
                                each.nanos() / 1_000_000));
        return millis;
    }

    @Test
    void shouldLeaveOutTheUnionOfWhatRanWithin() {
        RunOf run =
                new RunOf("run")
                        .span("a", "outer", "t", "1", "", 0, 100)
                        .span("a", "first", "t", "2", "1", 10, 30)
                        .span("a", "overlapping", "t", "3", "1", 20, 40)
                        .span("a", "apart", "t", "4", "1", 80, 10);

        assertThat(millis(run))
                .containsEntry("a outer", 100L - 50 - 10)
                .containsEntry("a first", 30L);
    }

    @Test
    void shouldNotCountWhatRunsOnBehindTheEnd() {
        RunOf run =
                new RunOf("run")
                        .span("a", "outer", "t", "1", "", 0, 100)
                        .span("a", "early", "t", "2", "1", -20, 30)
                        .span("a", "late", "t", "3", "1", 90, 1_000)
                        .span("a", "behind", "t", "4", "1", 200, 50);

        assertThat(millis(run)).containsEntry("a outer", 80L);
    }

    @Test
    void shouldGiveTheWayToAServiceToThatService() {
        RunOf run =
                new RunOf("run")
                        .span("a", "handle", "t", "1", "", 0, 100)
                        .span("a", "HTTP GET", "t", "2", "1", 10, 80)
                        .span("b", "handle", "t", "3", "2", 40, 20);

        assertThat(millis(run))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("a handle", 20L, "b HTTP GET", 60L, "b handle", 20L));
    }

    @Test
    void shouldTellSpansOfTwoTracesApart() {
        RunOf run =
                new RunOf("run")
                        .span("a", "outer", "t", "1", "", 0, 100)
                        .span("a", "inner", "u", "2", "1", 0, 100);

        assertThat(millis(run)).containsEntry("a outer", 100L);
    }

    @Test
    void shouldEndWithASpanThatIsWithinItself() {
        RunOf run =
                new RunOf("run")
                        .span("a", "own", "t", "1", "1", 0, 10)
                        .span("a", "one", "t", "2", "3", 0, 10)
                        .span("b", "other", "t", "3", "2", 0, 10)
                        .error("b", "t", "3", "failed", 5);

        assertThat(millis(run)).containsEntry("a own", 10L);
        assertThat(run.sample().spansOverErrors()).containsExactly("t2");
    }
}
