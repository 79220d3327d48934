package io.tradingecosystem.audit.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.media.type.MediaTypes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

class MetersTest {
    private final Meters meters = Meters.create();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void shouldShowARoomsNumbersAsTheyAreNow() {
        Map<String, Long> room = new HashMap<>(Map.of("count", 1L));
        meters.counter("test_things", "Things", () -> room.getOrDefault("count", 0L));
        meters.gauge("test_level", "Level", () -> 0.5);
        room.put("count", 7L);

        assertThat(text()).contains("test_things_total 7.0").contains("test_level 0.5");
    }

    @Test
    void shouldGoOnCountingWhenGarbageIsCollected() {
        int[] count = {7};
        meters.counter("test_collected", "Collected", () -> count[0]);
        System.gc();

        assertThat(text()).contains("test_collected_total 7.0");
    }

    @Test
    void shouldShowCountsByLabelsThatAppearLater() {
        Map<List<String>, Long> counts = new HashMap<>();
        meters.counters("test_events", "Events", List.of("source", "type"), () -> counts);
        assertThat(text()).doesNotContain("test_events");

        counts.put(List.of("a", "x"), 3L);

        assertThat(text()).contains("test_events_total{source=\"a\",type=\"x\",} 3.0");
    }

    @Test
    void shouldAddUpWhatIsPastTheLimitUnderOther() {
        Map<List<String>, Long> counts = new HashMap<>();
        meters.counters("test_many", "Many", List.of("source"), () -> counts);
        for (int i = 0; i < Meters.MAX_SERIES + 50; i++) {
            counts.put(List.of("source-" + i), 2L);
        }

        assertThat(text()).contains("test_many_total{source=\"other\",} 100.0");
        assertThat(text().lines().filter(line -> line.startsWith("test_many_total{")))
                .hasSize(Meters.MAX_SERIES + 1);
    }

    @Test
    void shouldCountMovedCountersPastTheLimitUnderOther() {
        Meters.Counters counters = meters.counters("test_moved", "Moved", List.of("a", "b"));
        for (int i = 0; i < Meters.MAX_SERIES + 3; i++) {
            counters.increment("a" + i, "b");
        }

        assertThat(text()).contains("test_moved_total{a=\"other\",b=\"other\",} 3.0");
    }

    @Test
    void shouldPutTimesIntoTheirBuckets() {
        Meters.Timers timers =
                meters.timers(
                        "test_time",
                        "Time",
                        List.of("kind"),
                        Duration.ofMillis(5),
                        Duration.ofMillis(2_500));
        timers.record(TimeUnit.MILLISECONDS.toNanos(7), "k");

        assertThat(text())
                .contains("test_time_seconds_bucket{kind=\"k\",le=\"0.005\",} 0.0")
                .contains("test_time_seconds_bucket{kind=\"k\",le=\"2.5\",} 1.0")
                .contains("test_time_seconds_count{kind=\"k\",} 1.0")
                .doesNotContain("quantile");
    }

    @Test
    void shouldSpeakOpenMetrics() {
        meters.counter("test_open", "Open", () -> 1);

        assertThat(meters.format(MediaTypes.APPLICATION_OPENMETRICS_TEXT))
                .contains("# TYPE test_open counter")
                .contains("test_open_total 1.0")
                .endsWith("# EOF\n");
    }

    @Test
    void shouldTakeItsMetersAlongWhenItCloses() {
        Meters others = Meters.create();
        others.counter("test_leaving", "Leaving", () -> 1);
        assertThat(text()).contains("test_leaving_total 1.0");

        others.close();

        assertThat(text()).doesNotContain("test_leaving");
    }

    private String text() {
        return meters.format(MediaTypes.TEXT_PLAIN);
    }
}
