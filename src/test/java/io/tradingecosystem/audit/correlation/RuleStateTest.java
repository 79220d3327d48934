package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.RuleState.Stretch;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.rules.Confidence.ConfidenceTerms;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.matching.ClockSkew;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which effects are looked at again when an event comes; times are in milliseconds. */
class RuleStateTest {
    private static final LinkBounds BOUNDS =
            new LinkBounds(
                    Duration.ofMillis(100), ClockSkew.of(Duration.ofMillis(10)), 1_000, 3, 4);
    private static final long JOIN = 7;

    private final RuleState rule = rule("within: 1s");

    private static RuleState rule(String within) {
        return new RuleState(
                1,
                RuleReader.KIND.readOne(
                        "test", Trail.RULE.replace("within: 30s", within), Definition.FILE),
                BOUNDS);
    }

    private RuleMatch come(boolean cause, String id, long at) {
        return come(rule, cause, id, at);
    }

    private static RuleMatch come(RuleState rule, boolean cause, String id, long at) {
        PendingEvent event = new PendingEvent(id.hashCode(), at * 1_000_000, at * 1_000_000, id);
        RuleMatch match = new RuleMatch(event, rule.side(cause), JOIN);
        rule.side(cause).add(match);
        event.take(match);
        return match;
    }

    private TreeSet<String> touched(RuleMatch match) {
        TreeSet<String> ids = new TreeSet<>();
        for (Stretch stretch : rule.touched(match)) {
            for (int i = stretch.from(); i < stretch.to(); i++) {
                ids.add((stretch.behind() ? "-" : "") + stretch.run().get(i).id());
            }
        }
        return ids;
    }

    @Test
    void shouldLookAtTheEffectsFromTheSkewBeforeACauseToWithin() {
        come(false, "a", 989);
        come(false, "b", 990);
        come(false, "c", 1_000);
        come(false, "d", 2_000);
        come(false, "e", 2_001);

        assertThat(touched(come(true, "x", 1_000))).containsExactly("-b", "c", "d");
    }

    @Test
    void shouldLookAtTheNearestEffectsOnEachSideOfACause() {
        for (int i = 0; i < 20; i++) {
            come(false, "e%02d".formatted(i), 1_000 + i);
        }

        assertThat(touched(come(true, "x", 1_010)))
                .containsExactly("-e06", "-e07", "-e08", "-e09", "e10", "e11", "e12", "e13");
    }

    @Test
    void shouldLookAtNothingForACauseWithoutEffects() {
        assertThat(rule.touched(come(true, "x", 1_000))).isEmpty();
    }

    @Test
    void shouldLookAtAnEffectAloneWhileFewAreThere() {
        come(false, "a", 1_000);
        come(false, "b", 1_002);
        come(false, "d", 1_004);

        assertThat(touched(come(false, "c", 1_003))).containsExactly("c");
    }

    @Test
    void shouldLookAtTheEffectsThatOneMoreMayCrowd() {
        for (int i = 0; i < 20; i++) {
            come(false, "e%02d".formatted(i), 1_000 + i);
        }

        assertThat(touched(come(false, "e10x", 1_010)))
                .containsExactly(
                        "-e07", "-e08", "-e09", "-e10", "e10x", "e11", "e12", "e13", "e14");
        assertThat(touched(come(false, "e19x", 1_019)))
                .as("the last crowds one cause that comes behind")
                .containsExactly("-e16", "e19x");
    }

    @Test
    void shouldLookAtTheEffectsWithinReachOnly() {
        for (int i = 0; i < 4; i++) {
            come(false, "e" + i, 1_000 + i);
        }
        RuleMatch match = come(false, "e0x", 1_000);
        assertThat(touched(match)).containsExactly("-e0", "e0x", "e1", "e2", "e3");

        RuleState far = rule("within: 2s");
        for (int i = 0; i < 10; i++) {
            come(far, false, "e" + i, 1_000 + 200L * i);
        }
        List<Stretch> touched = far.touched(come(far, false, "e5x", 2_000));
        assertThat(touched.getFirst()).extracting(Stretch::from, Stretch::to).containsExactly(5, 6);
        assertThat(touched.getLast()).extracting(Stretch::from, Stretch::to).containsExactly(6, 7);
    }

    @Test
    void shouldCountABurstUpToItsReach() {
        for (int i = 1; i < 4; i++) {
            come(false, "e" + i, 1_000 + i);
        }
        RuleMatch far = come(false, "far", 1_121);
        RuleMatch match = come(false, "m", 1_000);

        assertThat(touched(match)).as("four in reach are no crowd").containsExactly("m");
        rule.side(false).remove(far);
        come(false, "near", 1_120);
        assertThat(touched(match)).containsExactly("e1", "e2", "e3", "m", "near");
    }

    @Test
    void shouldCountNoEffectsOfBurstsLongAgo() {
        for (int i = 0; i < 4; i++) {
            come(false, "e" + i, 500 + i);
        }
        come(false, "next", 2_001);

        assertThat(touched(come(false, "m", 2_000))).containsExactly("m");
    }

    @Test
    void shouldNotSearchAnewBehindAnEffectThatHasNoRoom() {
        for (int i = 0; i < 8; i++) {
            come(true, "c" + i, 990 + i);
        }
        come(false, "full", 999);
        RuleMatch behind = come(true, "x", 1_003);

        assertThat(resolved(behind)).isEmpty();
        come(false, "roomy", 993);
        assertThat(resolved(behind)).containsOnlyKeys("roomy");
    }

    @Test
    void shouldTellTheCausesOfEachEffectThatIsTouched() {
        come(false, "a", 1_001);
        come(false, "b", 1_002);

        assertThat(resolved(come(true, "x", 1_000)))
                .containsEntry("a", List.of("x"))
                .containsEntry("b", List.of("x"));
        assertThat(rule.takeCrowdedOut()).isZero();
    }

    @Test
    void shouldTellHowOftenCausesWereCrowdedOut() {
        come(true, "x", 1_000);
        for (int i = 0; i < 4; i++) {
            come(false, "e" + i, 1_000 + i);
        }

        assertThat(resolved(come(false, "late", 1_005)).get("late")).isEmpty();
        assertThat(rule.takeCrowdedOut()).isEqualTo(1);
        assertThat(rule.takeCrowdedOut()).isZero();
    }

    private TreeMap<String, List<String>> resolved(RuleMatch match) {
        TreeMap<String, List<String>> found = new TreeMap<>();
        for (Stretch stretch : rule.touched(match)) {
            rule.resolve(
                    stretch,
                    JOIN,
                    effect -> new CauseSet(ConfidenceTerms.REPORTED, false, List.of()),
                    (effect, causes) ->
                            found.put(
                                    effect.id(), causes.causes().stream().map(Cause::id).toList()));
        }
        return found;
    }

    @Test
    void shouldHoldEachSideForItsTime() {
        assertThat(rule.side(true).held().hold()).isEqualTo(1_160_000_000L);
        assertThat(rule.side(false).held().hold()).isEqualTo(260_000_000L);
        assertThat(rule("within: 50ms").side(false).held().hold()).isEqualTo(210_000_000L);
    }

    @Test
    void shouldForgetWhatWasReleasedOnBothSides() {
        RuleMatch cause = come(true, "c", 1_000);
        RuleMatch other = come(true, "d", 1_001);
        come(true, "f", 1_002);
        RuleMatch effect = come(false, "e", 1_000);
        List<Pending> released = new ArrayList<>();

        rule.expire(1_261_000_000L, released::add);
        assertThat(released).containsExactly(effect);
        released.clear();
        cause.release();
        other.release();
        effect.release();
        assertThat(rule.side(true).run(JOIN).size()).isEqualTo(1);
        assertThat(rule.side(false).run(JOIN).size()).isZero();
        come(false, "g", 1_003);
        rule.clear(released::add);

        assertThat(released).extracting(each -> each.event().id()).contains("c", "d", "f", "g");
        assertThat(rule.side(true).held().hold()).isPositive();
        List<Pending> again = new ArrayList<>();
        rule.clear(again::add);
        assertThat(again).isEmpty();
    }
}
