package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.rules.Confidence.ConfidenceTerms;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.EventClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which causes an effect has, at each edge; times are in milliseconds. */
class CauseSearchTest {
    private static final CauseSet NOTHING =
            new CauseSet(ConfidenceTerms.REPORTED, false, List.of());
    private static final LinkBounds BOUNDS =
            new LinkBounds(
                    Duration.ofMillis(100),
                    new ClockSkew(
                            Duration.ofMillis(10),
                            Map.of(ClockSkew.pair("a", "far"), Duration.ofMillis(50))),
                    1_000,
                    3,
                    4);

    /** Lateness, and twice the most that clocks may differ by. */
    private static final long REACH = 200;

    private final CauseSearch search =
            new CauseSearch(
                    RuleReader.KIND
                            .readOne(
                                    "test",
                                    Trail.RULE.replace("within: 30s", "within: 1s"),
                                    Definition.FILE)
                            .content(),
                    BOUNDS);
    private TimeOrderedEvents causes = TimeOrderedEvents.none();
    private TimeOrderedEvents effects = TimeOrderedEvents.none();

    private static PendingEvent event(String id, String service, long at) {
        PendingEvent event = new PendingEvent(id.hashCode(), at * 1_000_000, 0, id);
        event.stampedBy(new EventClock(service, "service " + service));
        return event;
    }

    private PendingEvent cause(String id, String service, long at) {
        PendingEvent cause = event(id, service, at);
        causes = causes.with(cause);
        return cause;
    }

    private PendingEvent effect(String id, long at) {
        PendingEvent effect = event(id, "a", at);
        effects = effects.with(effect);
        return effect;
    }

    private CauseSet of(PendingEvent effect, CauseSet known) {
        return search.causes(causes, effects, effects.before(effect), known);
    }

    private List<String> ids(PendingEvent effect) {
        return ids(of(effect, NOTHING));
    }

    private static List<String> ids(CauseSet causes) {
        return causes.causes().stream().map(Cause::id).toList();
    }

    private static CauseSet known(boolean cut, PendingEvent... causes) {
        List<Cause> all = new ArrayList<>();
        for (PendingEvent cause : causes) {
            all.add(cause.asCause());
        }
        return new CauseSet(ConfidenceTerms.REPORTED, cut, all);
    }

    @Test
    void shouldFindFromWithinBeforeToTheSkewBehind() {
        PendingEvent effect = effect("e", 2_000);
        cause("tooOld", "b", 999);
        cause("oldest", "b", 1_000);
        cause("behind", "b", 2_010);
        cause("tooFar", "b", 2_011);

        assertThat(ids(effect)).containsExactly("oldest", "behind");
        assertThat(of(effect, NOTHING).cut()).isFalse();
    }

    @Test
    void shouldAllowEachClockItsSkew() {
        PendingEvent effect = effect("e", 2_000);
        cause("own", "a", 2_001);
        cause("far", "far", 2_050);
        cause("tooFar", "far", 2_051);

        assertThat(ids(effect)).containsExactly("far");
    }

    @Test
    void shouldAllowTheUsualSkewWhereAClockIsUnknown() {
        PendingEvent effect = effect("e", 2_000);
        causes = causes.with(new PendingEvent(1, 2_010_000_000L, 0, "unknown"));
        causes = causes.with(new PendingEvent(2, 2_011_000_000L, 0, "tooFar"));

        assertThat(ids(effect)).containsExactly("unknown");
        effects = new PendingEvent(3, 2_000_000_000L, 0, "e");
        cause("own", "a", 2_010);
        assertThat(ids((PendingEvent) effects)).containsExactly("own", "unknown");
    }

    @Test
    void shouldNotTakeAnEventForItsOwnCause() {
        PendingEvent both = effect("e", 2_000);
        causes = causes.with(both);
        cause("c", "a", 1_990);

        assertThat(ids(both)).containsExactly("c");
    }

    @Test
    void shouldKeepTheLatestBeforeAndSayThatThereAreMore() {
        PendingEvent effect = effect("e", 2_000);
        cause("c1", "a", 1_996);
        cause("c2", "a", 1_997);
        cause("c3", "a", 1_998);
        cause("behind", "b", 2_001);

        assertThat(ids(effect)).containsExactly("c1", "c2", "c3");
        assertThat(of(effect, NOTHING).cut()).as("for the one behind").isTrue();
        cause("c4", "a", 2_000);
        assertThat(ids(effect)).containsExactly("c2", "c3", "c4");
        assertThat(of(effect, NOTHING).cut()).isTrue();
    }

    @Test
    void shouldFillUpWithTheNextBehind() {
        PendingEvent effect = effect("e", 2_000);
        cause("c1", "a", 1_996);
        cause("b3", "b", 2_003);
        cause("b1", "b", 2_001);
        assertThat(of(effect, NOTHING).cut()).isFalse();
        cause("b2", "b", 2_002);

        assertThat(ids(effect)).containsExactly("c1", "b1", "b2");
        assertThat(of(effect, NOTHING).cut()).isTrue();
    }

    @Test
    void shouldLookAtTheNextFewBehindOnly() {
        PendingEvent effect = effect("e", 2_000);
        for (int i = 1; i <= 3; i++) {
            cause("own" + i, "a", 2_000 + i);
        }
        cause("fourth", "b", 2_004);
        assertThat(ids(effect)).containsExactly("fourth");
        assertThat(of(effect, NOTHING).cut()).isFalse();

        cause("own4", "a", 2_003);
        assertThat(ids(effect)).isEmpty();
        assertThat(of(effect, NOTHING).cut()).as("perhaps").isTrue();
    }

    @Test
    void shouldLeaveOutACauseBeforeTooManyEffects() {
        cause("c", "a", 1_000);
        for (int i = 0; i < 4; i++) {
            effect("e" + i, 1_000 + i);
        }
        PendingEvent fifth = effect("fifth", 1_010);

        assertThat(ids(fifth)).isEmpty();
        assertThat(search.takeCrowdedOut()).isEqualTo(1);
        assertThat(search.takeCrowdedOut()).isZero();
        assertThat(ids((PendingEvent) effects.get(3))).containsExactly("c");
        cause("next", "a", 1_001);
        assertThat(ids(fifth)).as("three between").containsExactly("next");
    }

    @Test
    void shouldCountEffectsThatAreNearOnly() {
        cause("c", "a", 1_000);
        for (int i = 0; i < 4; i++) {
            effect("e" + i, 1_000 + i);
        }

        assertThat(ids(effect("near", 1_000 + REACH))).isEmpty();
        effects = TimeOrderedEvents.none();
        for (int i = 0; i < 4; i++) {
            effect("e" + i, 1_000 + i);
        }
        assertThat(ids(effect("beyond", 1_001 + REACH))).containsExactly("c");
    }

    @Test
    void shouldLeaveOutACauseBehindTooManyEffects() {
        PendingEvent first = effect("first", 1_000);
        for (int i = 1; i <= 4; i++) {
            effect("e" + i, 1_000 + i);
        }
        cause("fits", "b", 1_004);
        assertThat(ids(first)).containsExactly("fits");

        cause("crowded", "b", 1_005);
        assertThat(ids(first)).containsExactly("fits");
        assertThat(search.takeCrowdedOut()).isEqualTo(1);
        assertThat(of(first, NOTHING).cut()).isFalse();
    }

    @Test
    void shouldKeepWhatIsKnownAndForgotten() {
        PendingEvent effect = effect("e", 2_000);
        PendingEvent forgotten = event("forgotten", "a", 1_500);
        PendingEvent here = cause("here", "a", 1_600);

        assertThat(ids(of(effect, known(false, forgotten, here))))
                .containsExactly("forgotten", "here");
        assertThat(of(effect, known(false, forgotten)).cut()).isFalse();
        assertThat(of(effect, known(true, forgotten)).cut()).isTrue();
        assertThat(of(effect, known(true, here)).cut()).as("known anew").isFalse();
    }

    @Test
    void shouldDropWhatIsKnownAndStillHereButNoCauseAnyMore() {
        PendingEvent effect = effect("e", 2_000);
        PendingEvent out = cause("out", "a", 999);

        assertThat(ids(of(effect, known(false, out)))).isEmpty();
    }

    @Test
    void shouldKeepTheNearestOfTheForgottenAndTheRemembered() {
        PendingEvent effect = effect("e", 2_000);
        PendingEvent old = event("old", "a", 1_500);
        PendingEvent older = event("older", "a", 1_400);
        PendingEvent later = event("later", "b", 2_009);
        cause("here", "a", 1_600);
        cause("behind", "b", 2_005);

        CauseSet now = of(effect, known(false, older, old, later));
        assertThat(ids(now)).containsExactly("older", "old", "here");
        assertThat(now.cut()).isTrue();

        now = of(effect, known(false, later, old));
        assertThat(ids(now)).containsExactly("old", "here", "behind");
        cause("at", "a", 2_000);
        now = of(effect, known(false, old, older));
        assertThat(ids(now)).as("at the same time is before").containsExactly("old", "here", "at");
    }

    @Test
    void shouldHaveRoomUntilMoreThanItKeepsAreBefore() {
        effect("e", 2_000);
        for (int i = 0; i < 4; i++) {
            assertThat(search.hasRoom(causes, effects, 0)).isTrue();
            cause("c" + i, "a", 2_000 - i);
        }
        cause("c4", "a", 1_000);

        assertThat(search.hasRoom(causes, effects, 0)).isFalse();
    }

    @Test
    void shouldHaveRoomWhereThoseBeforeAreTooOld() {
        effect("e", 2_000);
        for (int i = 0; i < 4; i++) {
            cause("c" + i, "a", 2_000 - i);
        }
        cause("tooOld", "a", 999);

        assertThat(search.hasRoom(causes, effects, 0)).isTrue();
    }

    @Test
    void shouldHaveRoomWhereThoseBeforeAreCrowdedOut() {
        for (int i = 0; i < 5; i++) {
            effect("e" + i, 2_000 + i);
            cause("c" + i, "a", 2_000 + i);
        }

        assertThat(search.hasRoom(causes, effects, 4)).isTrue();
        cause("c5", "a", 2_004);
        assertThat(search.hasRoom(causes, effects, 4)).isFalse();
    }

    @Test
    void shouldNotRunOverTheEndsOfTime() {
        assertThat(CauseSearch.plus(1, 2)).isEqualTo(3);
        assertThat(CauseSearch.plus(-1, 2)).isEqualTo(1);
        assertThat(CauseSearch.plus(1, -2)).isEqualTo(-1);
        assertThat(CauseSearch.plus(Long.MAX_VALUE - 1, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(CauseSearch.plus(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(CauseSearch.plus(Long.MIN_VALUE, -1)).isEqualTo(Long.MIN_VALUE);
        assertThat(search.reach()).isEqualTo(REACH * 1_000_000);
    }
}
