package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.ShortenedLog;
import io.tradingecosystem.audit.store.Store;

import org.junit.jupiter.api.Test;

/** A stored log is linked anew, and nothing has changed. */
class LinkReplayTest {
    private static Replay.Outcome replayedFrom(long first, Trail trail) {
        ShortenedLog rest = new ShortenedLog(trail.store(), first);
        return LinkReplay.compare(new Store(rest, rest, trail.store()), Trail.BOUNDS);
    }

    @Test
    void shouldGiveTheSameWhenARuleThatWasReplacedHasLeftTheLog() {
        Trail trail = Trail.of().decide(Trail.BOUNDS);
        trail.define(Trail.RULE);
        trail.come(Trail.event("shock", "a", 0, "s1"), Trail.event("halt", "b", 1, "s1"));
        trail.define(Trail.RULE.replace("30s", "1s"));
        trail.come(Trail.event("shock", "c", 20, "s1"), Trail.event("halt", "d", 25, "s1"));
        trail.define(Trail.RULE.replace("30s", "2s"));
        trail.come(Trail.event("shock", "e", 40, "s1"), Trail.event("halt", "f", 41, "s1"));

        Replay.Outcome outcome = replayedFrom(4, trail);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.compared()).isEqualTo(2);
        assertThat(outcome.beyond()).isZero();
        assertThat(replayedFrom(7, trail).differences()).isEmpty();
    }

    @Test
    void shouldForgetRulesThatWereReplacedBeforeTheLogBegins() {
        Trail trail = Trail.of(Trail.RULE);
        trail.define(Trail.RULE.replace("30s", "1s"));
        assertThat(trail.linker().rules().inForceSince(2)).hasSize(2);

        trail.linker().drop(3, 1_000);
        trail.commit();

        assertThat(trail.linker().rules().inForceSince(0)).hasSize(1);
    }

    @Test
    void shouldFollowSettingsThatChangeInTheLog() {
        Trail trail = Trail.of().decide(Trail.BOUNDS);
        trail.define(Trail.RULE);
        trail.come(
                Trail.event("shock", "a", 0.0, "s1"),
                Trail.event("shock", "b", 0.1, "s1"),
                Trail.event("halt", "c", 1, "s1"));
        trail.decide(few(1));
        trail.come(Trail.event("halt", "d", 2, "s1"));
        trail.decide(few(2));
        trail.come(Trail.event("halt", "e", 3, "s1"));

        Replay.Outcome outcome = replayedFrom(1, trail);

        assertThat(trail.pairs()).containsExactly("a>c", "b>c", "b>d", "a>e", "b>e");
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.compared()).isEqualTo(5);
        assertThat(outcome.notComparable()).isZero();
    }

    @Test
    void shouldFollowSettingsThatLeftTheLog() {
        Trail trail = Trail.of().decide(few(1));
        trail.define(Trail.RULE);
        trail.come(
                Trail.event("shock", "a", 0, "s1"),
                Trail.event("shock", "b", 0.1, "s1"),
                Trail.event("halt", "c", 1, "s1"));

        Replay.Outcome outcome = replayedFrom(4, trail);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.compared()).isEqualTo(1);
    }

    @Test
    void shouldCompareNothingThatWasLinkedByOtherSemantics() {
        Trail trail = Trail.of(Trail.RULE);
        trail.come(
                Trail.event("shock", "a", 0, "s1"),
                Trail.event("halt", "b", 1, "s1"),
                Trail.event("halt", "late", 0.5, "s2"));
        trail.decide(Trail.BOUNDS);
        trail.come(
                Trail.event("halt", "c", 2, "s1"),
                Trail.event("shock", "late cause", 0.2, "s2"),
                Trail.event("shock", "d", 3, "s3"),
                Trail.event("halt", "e", 4, "s3"));

        Replay.Outcome outcome = replayedFrom(1, trail);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.notComparable()).isEqualTo(2);
        assertThat(outcome.compared()).isEqualTo(2);
    }

    @Test
    void shouldNotCallDifferentWhatACauseOfOtherSemanticsHasPartIn() {
        Trail trail = Trail.of(Trail.RULE);
        trail.come(Trail.event("shock", "a", 0, "s1"));
        trail.decide(Trail.BOUNDS);
        trail.come(
                Trail.event("halt", "b", 1, "s1"),
                Trail.event("shock", "c", 2, "s2"),
                Trail.event("halt", "d", 3, "s2"));
        forget(trail, "b");
        assertThat(replayedFrom(1, trail).different()).isZero();

        forget(trail, "d");

        assertThat(replayedFrom(1, trail).differences())
                .singleElement()
                .asString()
                .startsWith("d at position");
    }

    /** As if the linker had not known the cause of an effect. */
    private static void forget(Trail trail, String effect) {
        long position = trail.store().byId(effect).orElseThrow().position();
        Projection projection = trail.store().projection("correlation");
        projection.commit(
                projection.position(), changes -> changes.delete(LinkKeys.effectCauses(position)));
    }

    private static LinkBounds few(int causes) {
        LinkBounds bounds = Trail.BOUNDS;
        return new LinkBounds(
                bounds.allowedLateness(),
                bounds.clockSkew(),
                bounds.maxRemembered(),
                causes,
                bounds.maxEffects());
    }
}
