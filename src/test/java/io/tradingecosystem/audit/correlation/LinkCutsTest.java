package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.Store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What rules leave out, because an event has too many causes or effects, is said. */
class LinkCutsTest {
    private static final LinkBounds FEW =
            new LinkBounds(
                    Duration.ofSeconds(10), ClockSkew.of(Duration.ofMillis(100)), 10_000, 2, 3);

    private final Trail trail = Trail.of(FEW, Trail.RULE);

    private void come(String type, int from, int to, double start) {
        for (int i = from; i < to; i++) {
            trail.come(Trail.event(type, type + i, start + i * 1e-3, "s"));
        }
    }

    private List<Omission> incomplete(double from, double to) {
        return trail.reader().incomplete(at(from), at(to));
    }

    private static Instant at(double seconds) {
        return Trail.START.plusNanos(Math.round(seconds * 1e9));
    }

    private static Omission between(double from, double to) {
        return Omission.between(Bound.LINK_FANOUT, at(from), at(to));
    }

    @Test
    void shouldSayNothingWhileAllAreKept() {
        come("shock", 0, 2, 0);
        come("halt", 0, 3, 1);

        assertThat(trail.pairs()).hasSize(6);
        assertThat(incomplete(-1e6, 1e6)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSayThatAnEffectHasMoreCauses(boolean causesFirst) {
        if (causesFirst) {
            come("shock", 0, 3, 0);
            come("halt", 0, 1, 1);
        } else {
            come("halt", 0, 1, 1);
            come("shock", 0, 3, 0);
        }
        trail.crash();

        assertThat(trail.pairs()).containsExactly("shock1>halt0", "shock2>halt0");
        assertThat(incomplete(0, 0)).containsExactly(between(-29, 1.1));
        assertThat(incomplete(1.2, 100)).isEmpty();
        assertThat(incomplete(-100, -30)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSayThatACauseHasMoreEffects(boolean causeFirst) {
        if (causeFirst) {
            come("shock", 0, 1, 0);
            come("halt", 0, 4, 1);
        } else {
            come("halt", 0, 4, 1);
            come("shock", 0, 1, 0);
        }
        trail.crash();

        assertThat(trail.pairs()).hasSize(3);
        assertThat(trail.reader().causesOf("halt3", 10)).as("no record says it").isEmpty();
        assertThat(incomplete(0, 0)).extracting(Omission::bound).containsExactly(Bound.LINK_FANOUT);
        assertThat(incomplete(1.003, 1.003)).hasSize(1);
        assertThat(incomplete(2, 100)).isEmpty();
        assertThat(incomplete(-100, -30)).isEmpty();
    }

    @Test
    void shouldSayThatTheOnlyCauseIsNotAlone() {
        LinkBounds one = new LinkBounds(FEW.allowedLateness(), FEW.clockSkew(), 10_000, 1, 256);
        Trail alone = Trail.of(one, Trail.RULE);
        alone.come(
                Trail.event("shock", "a", 0, "s"),
                Trail.event("shock", "b", 1, "s"),
                Trail.event("halt", "c", 2, "s"));

        assertThat(alone.links())
                .singleElement()
                .extracting(Link::evidence)
                .isEqualTo("1 s of 30 s, the same scenario_id, and other causes");
    }

    @Test
    void shouldSayItOfAllTimesOfAVersionThatDidNotNoteThem() {
        come("shock", 0, 3, 0);
        come("halt", 0, 1, 1);
        trail.rewrite('g', bytes -> bytes);
        trail.rewrite('m', bytes -> Arrays.copyOf(bytes, bytes.length - Long.BYTES));

        trail.crash();
        come("shock", 9, 10, 100);
        trail.crash();

        assertThat(incomplete(-1e6, -1e5))
                .extracting(Omission::bound)
                .containsExactly(Bound.LINK_FANOUT);
        assertThat(incomplete(200, 1e6)).isEmpty();
    }

    @Test
    void shouldForgetItWithTheEvents() {
        come("shock", 0, 3, 0);
        come("halt", 0, 1, 1);
        come("halt", 1, 2, 500);
        trail.linker().drop(trail.store().byId("halt1").orElseThrow().position(), 1_000);
        trail.commit();

        assertThat(incomplete(-1e6, 1e6)).isEmpty();
    }

    @Test
    void shouldBeNoDifferenceToAReplay() {
        come("shock", 0, 3, 0);
        come("halt", 0, 8, 1);

        Replay.Outcome outcome =
                LinkReplay.compare(new Store(trail.store(), trail.store(), trail.store()), FEW);

        assertThat(outcome.remarks()).isEmpty();
        assertThat(outcome.different()).isZero();
    }
}
