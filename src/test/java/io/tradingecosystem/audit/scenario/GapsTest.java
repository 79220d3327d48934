package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.testing.ManualClock;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Times of loss, as they are learned and kept. */
class GapsTest {
    private Projection projection = fresh();
    private VerdictStoreWriter writer = VerdictStoreWriter.of(projection, 1_000);
    private Gaps gaps = new Gaps(writer);

    private static Projection fresh() {
        return MemoryStore.create(ManualClock.at(Scene.START), Set.of()).projection("scenario");
    }

    private static Gap gap(double from, double to, String reason) {
        return new Gap(Scene.at(from), Scene.at(to), reason);
    }

    private Optional<Gap> overlapping(double from, double to) {
        return gaps.overlapping(Scene.at(from), Scene.at(to));
    }

    private void restart() {
        writer.commit();
        writer = VerdictStoreWriter.of(projection, 1_000);
        gaps = new Gaps(writer);
    }

    private int stored() {
        List<byte[]> keys = new ArrayList<>();
        projection.scan('g', (key, value) -> keys.add(key));
        return keys.size();
    }

    @Test
    void shouldFindTheFirstThatOverlaps() {
        gaps.add(gap(20, 30, "b"));
        gaps.add(gap(0, 10, "a"));

        assertThat(overlapping(5, 25)).contains(gap(0, 10, "a"));
        assertThat(overlapping(10, 25)).contains(gap(20, 30, "b"));
        assertThat(overlapping(29, 99)).contains(gap(20, 30, "b"));
        assertThat(overlapping(10, 20)).isEmpty();
        assertThat(overlapping(30, 99)).isEmpty();
    }

    @Test
    void shouldMakeOneOfThoseThatTouch() {
        assertThat(gaps.add(gap(0, 10, "a"))).isTrue();
        assertThat(gaps.add(gap(20, 30, "b"))).isTrue();
        assertThat(gaps.add(gap(10, 20, "a"))).isTrue();

        assertThat(gaps.all()).containsExactly(gap(0, 30, "a").with(gap(0, 30, "b")));
        assertThat(gaps.around(gap(10, 20, "a"))).isEqualTo(gaps.all().getFirst());
        assertThat(overlapping(12, 13).orElseThrow().clause())
                .isEqualTo("a and b from 2026-01-01T12:00:00Z to 2026-01-01T12:00:30Z");
    }

    @Test
    void shouldTakeAGapThatIsPartOfNoneForItself() {
        gaps.add(gap(0, 10, "a"));

        assertThat(gaps.around(gap(2, 10, "b"))).isEqualTo(gap(0, 10, "a"));
        assertThat(gaps.around(gap(20, 30, "b"))).isEqualTo(gap(20, 30, "b"));
    }

    @Test
    void shouldKnowAfterAStartBeforeWhenNothingIsKnown() {
        for (int i = 0; i <= Gaps.MAX; i++) {
            gaps.add(gap(10 * i, 10 * i + 1, "a"));
        }
        restart();

        assertThat(overlapping(-9, -8)).contains(Gap.before(Scene.at(1)));
        assertThat(overlapping(5, 6)).isEmpty();
    }

    @Test
    void shouldLearnNothingFromWhatIsKnown() {
        gaps.add(gap(0, 10, "a"));

        assertThat(gaps.add(gap(0, 10, "a"))).isFalse();
        assertThat(gaps.add(gap(2, 3, "a"))).isFalse();
        assertThat(gaps.add(gap(2, 3, "b"))).isTrue();
        assertThat(gaps.add(gap(2, 11, "b"))).isTrue();
    }

    @Test
    void shouldNameThreeReasonsAtMostAndCutEach() {
        for (String reason : List.of("a", "b", "c", "d", "e", "a")) {
            gaps.add(gap(0, 10, reason));
        }
        gaps.add(gap(20, 30, "x".repeat(5_000)));

        assertThat(overlapping(0, 10).orElseThrow().reason()).isEqualTo("a, b, c and others");
        assertThat(gaps.add(gap(0, 10, "f"))).isFalse();
        assertThat(overlapping(20, 30).orElseThrow().reason()).isEqualTo("x".repeat(100) + "…");
    }

    @Test
    void shouldNotKnowLossesBeforeTheFloorWhenThereAreTooMany() {
        for (int i = 0; i < Gaps.MAX + 2; i++) {
            assertThat(gaps.add(gap(100 * i, 100 * i + 1, "a"))).isTrue();
        }

        String words = "losses before 2026-01-01T12:01:41Z are not known any more";
        assertThat(overlapping(-1_000, -999).orElseThrow().clause()).isEqualTo(words);
        assertThat(overlapping(100.9, 250).orElseThrow().clause()).isEqualTo(words);
        assertThat(overlapping(101, 200)).isEmpty();
        assertThat(overlapping(101, 250)).contains(gap(200, 201, "a"));
        assertThat(gaps.all()).hasSize(Gaps.MAX + 1);
    }

    @Test
    void shouldRaiseTheFloorByAnOldLossInsteadOfForgettingIt() {
        for (int i = 1; i <= Gaps.MAX; i++) {
            gaps.add(gap(100 * i, 100 * i + 1, "a"));
        }

        assertThat(gaps.add(gap(50, 60, "a"))).isTrue();

        assertThat(overlapping(55, 58)).contains(Gap.before(Scene.at(60)));
        assertThat(overlapping(60, 100)).isEmpty();
        assertThat(gaps.add(gap(10, 20, "a"))).isTrue();
        assertThat(gaps.all()).hasSize(Gaps.MAX + 1);
    }

    @Test
    void shouldTakeOverAFloor() {
        assertThat(gaps.add(Gap.before(Scene.at(60)))).isTrue();
        assertThat(gaps.add(Gap.before(Scene.at(60)))).isFalse();
        assertThat(gaps.add(gap(60, 70, "a"))).isTrue();

        assertThat(gaps.all()).containsExactly(Gap.before(Scene.at(60)), gap(60, 70, "a"));
    }

    @Test
    void shouldMakeOneOfWhatAnOlderVersionKeptApart() {
        keepAsBefore(gap(0, 10, "a"));
        keepAsBefore(gap(5, 20, "b"));
        keepAsBefore(gap(90, 91, "c"));

        restart();

        assertThat(gaps.all())
                .containsExactly(gap(0, 20, "a").with(gap(0, 20, "b")), gap(90, 91, "c"));
        restart();
        assertThat(stored()).isEqualTo(2);
    }

    private void keepAsBefore(Gap gap) {
        writer.put(
                VerdictKeys.gap(gap),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("from", gap.from().toString())
                        .put("to", gap.to().toString())
                        .put("reason", gap.reason()));
    }

    @Property(tries = 300)
    void shouldAnswerAsThePileOfAllGapsAndTheSameAfterARestart(@ForAll long seed) {
        Random random = new Random(seed);
        List<Gap> pile = new ArrayList<>();
        projection = fresh();
        writer = VerdictStoreWriter.of(projection, 1_000);
        gaps = new Gaps(writer);
        Gaps steady = new Gaps(VerdictStoreWriter.of(fresh(), 1_000));
        for (int i = 0; i < 40; i++) {
            double from = random.nextInt(200);
            Gap gap = gap(from, from + random.nextInt(6), "r" + random.nextInt(5));
            pile.add(gap);
            assertThat(gaps.add(gap)).isEqualTo(steady.add(gap));
            if (random.nextInt(8) == 0) {
                restart();
            }
        }

        assertThat(gaps.all()).isEqualTo(steady.all());
        for (int start = -1; start < 210; start++) {
            Instant from = Scene.at(start);
            Instant to = Scene.at(start + 1 + random.nextInt(3));
            assertThat(gaps.overlapping(from, to).isPresent())
                    .isEqualTo(pile.stream().anyMatch(gap -> gap.overlaps(from, to)));
            assertThat(gaps.overlapping(from, to))
                    .isEqualTo(
                            gaps.all().stream().filter(gap -> gap.overlaps(from, to)).findFirst());
        }
    }
}
