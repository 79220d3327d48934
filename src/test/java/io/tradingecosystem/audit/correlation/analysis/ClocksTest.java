package io.tradingecosystem.audit.correlation.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.analysis.Clocks.Clock;
import io.tradingecosystem.audit.correlation.analysis.Clocks.Pair;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.ClockSkew;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** How far clocks are apart, told from causes and effects. */
class ClocksTest {
    private static final ClockSkew TOLERANCE = ClockSkew.of(Duration.ofMillis(100));
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private static Pair pair(String cause, String effect, long millis) {
        return new Pair(cause, effect, Duration.ofMillis(millis));
    }

    private static AuditEvent event(String service, String instance, long millis) {
        return AuditEvent.builder(service, "type")
                .id(service + instance + millis)
                .instance(instance)
                .occurredAt(START.plusMillis(millis))
                .build();
    }

    private static AuditEvent onHost(String service, String host, long millis) {
        return event(service, "", millis).toBuilder().attribute("host.id", host).build();
    }

    @Test
    void shouldLeaveClocksAloneThatNothingSpeaksAgainst() {
        Clocks clocks =
                Clocks.estimate(List.of(pair("a", "b", 12_000), pair("b", "a", 1)), TOLERANCE);

        assertThat(clocks.offset("a")).isZero();
        assertThat(clocks.offset("b")).isZero();
        assertThat(clocks.offset("stranger")).isZero();
    }

    @Test
    void shouldMoveAClockNoFurtherThanAnEffectBeforeItsCauseAsks() {
        Clocks clocks =
                Clocks.estimate(
                        List.of(pair("a", "b", -300), pair("a", "b", 20), pair("a", "c", 5)),
                        TOLERANCE);

        assertThat(clocks.offset("a")).isZero();
        assertThat(clocks.offset("b")).isEqualTo(Duration.ofMillis(-300));
        Clock b =
                clocks.clocks().stream()
                        .filter(clock -> clock.service().equals("b"))
                        .findFirst()
                        .orElseThrow();
        assertThat(b.reference()).isEqualTo("a");
        assertThat(b.max()).hasValue(Duration.ofMillis(-300));
        assertThat(b.min()).isEmpty();
        assertThat(b.pairs()).isEqualTo(2);
    }

    @Test
    void shouldCorrectNothingThatContradictsItself() {
        Clocks clocks =
                Clocks.estimate(
                        List.of(pair("a", "b", -300), pair("b", "a", -300), pair("x", "y", -7)),
                        TOLERANCE);

        assertThat(clocks.offset("a")).isEqualTo(clocks.offset("b")).isZero();
        assertThat(clocks.clocks())
                .filteredOn(Clock::contradictory)
                .extracting(Clock::service)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(clocks.offset("x").minus(clocks.offset("y"))).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void shouldBeSureOfAnOrderOnlyBeyondWhatClocksMayBeApart() {
        Clocks clocks =
                Clocks.estimate(List.of(pair("a", "b", 30), pair("a", "c", -300)), TOLERANCE);

        assertThat(clocks.surelyBefore(event("a", "1", 0), event("a", "1", 1))).isTrue();
        assertThat(clocks.surelyBefore(event("a", "1", 0), event("a", "1", 0))).isFalse();
        assertThat(clocks.surelyBefore(event("a", "1", 0), event("a", "2", 99))).isFalse();
        assertThat(clocks.surelyBefore(event("a", "1", 0), event("a", "2", 101))).isTrue();
        // b is ahead of a by 30 ms at most, for an effect in b came 30 ms after its cause in a.
        assertThat(clocks.surelyBefore(event("a", "1", 0), event("b", "1", 31))).isTrue();
        assertThat(clocks.surelyBefore(event("a", "1", 0), event("b", "1", 30))).isFalse();
        assertThat(clocks.surelyBefore(event("b", "1", 0), event("a", "1", 31))).isFalse();
        // c is behind a by 300 ms at least.
        assertThat(clocks.surelyBefore(event("a", "1", 0), event("c", "1", -299))).isTrue();
        assertThat(clocks.surelyBefore(event("x", "1", 0), event("y", "1", 101))).isTrue();
        assertThat(clocks.surelyBefore(event("x", "1", 0), event("y", "1", 99))).isFalse();
    }

    @Test
    void shouldBeSureOfAnOrderByWhatIsSaidOfThePair() {
        Map<String, Duration> pairs =
                Map.of("x+y", Duration.ofMillis(5), "x+z", Duration.ofSeconds(1));
        Clocks clocks = Clocks.unknown(new ClockSkew(Duration.ofMillis(100), pairs));

        assertThat(clocks.surelyBefore(event("y", "1", 0), event("x", "1", 6))).isTrue();
        assertThat(clocks.surelyBefore(event("y", "1", 0), event("x", "1", 5))).isFalse();
        assertThat(clocks.surelyBefore(event("x", "1", 0), event("z", "1", 1_000))).isFalse();
        assertThat(clocks.surelyBefore(event("x", "1", 0), event("z", "1", 1_001))).isTrue();
        assertThat(clocks.surelyBefore(event("y", "1", 0), event("z", "1", 100))).isFalse();
        assertThat(clocks.surelyBefore(event("y", "1", 0), event("z", "1", 101))).isTrue();
    }

    @Test
    void shouldBeSureOfTheOrderOfOneHostsClock() {
        Clocks clocks = Clocks.unknown(TOLERANCE);

        assertThat(clocks.surelyBefore(onHost("x", "h", 0), onHost("y", "h", 1))).isTrue();
        assertThat(clocks.surelyBefore(onHost("x", "h", 0), onHost("y", "h", 0))).isFalse();
        assertThat(clocks.surelyBefore(onHost("x", "h", 0), onHost("y", "i", 100))).isFalse();
        assertThat(clocks.surelyBefore(onHost("x", "h", 0), onHost("x", "i", 100))).isFalse();
        assertThat(clocks.surelyBefore(onHost("x", "h", 0), onHost("x", "i", 101))).isTrue();
    }

    /** True skews up to half a second; pairs go both ways, the quickest in a few milliseconds. */
    @Property(tries = 200)
    void shouldFindSkewsToWithinTheShortestDelays(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int services) {
        Random random = new Random(seed);
        long[] skews = new long[services];
        for (int i = 0; i < services; i++) {
            skews[i] = random.nextInt(1_001) - 500;
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < services * services * 40; i++) {
            int cause = random.nextInt(services);
            int effect = random.nextInt(services);
            if (cause != effect) {
                long delay = 1 + random.nextInt(i % 4 == 0 ? 5 : 2_000);
                pairs.add(pair("s" + cause, "s" + effect, delay + skews[effect] - skews[cause]));
            }
        }

        Clocks clocks = Clocks.estimate(pairs, TOLERANCE);

        for (Pair pair : pairs) {
            assertThat(
                            pair.delay()
                                    .minus(clocks.offset(pair.effectService()))
                                    .plus(clocks.offset(pair.causeService())))
                    .isGreaterThanOrEqualTo(Duration.ZERO);
        }
        for (Clock clock : clocks.clocks()) {
            int service = Integer.parseInt(clock.service().substring(1));
            int reference = Integer.parseInt(clock.reference().substring(1));
            Duration truth = Duration.ofMillis(skews[service] - skews[reference]);
            assertThat(clock.contradictory()).isFalse();
            assertThat(truth).isBetween(clock.min().orElseThrow(), clock.max().orElseThrow());
            assertThat(clock.offset().minus(truth).abs()).isLessThan(Duration.ofMillis(25));
        }
    }
}
