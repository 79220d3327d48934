package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.projection.Replay;
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
        Trail trail = Trail.of(Trail.RULE);
        trail.come(Trail.event("shock", "a", 0, "s1"), Trail.event("halt", "b", 1, "s1"));
        trail.define(Trail.RULE.replace("30s", "1s"));
        trail.come(Trail.event("shock", "c", 20, "s1"), Trail.event("halt", "d", 25, "s1"));
        trail.define(Trail.RULE.replace("30s", "2s"));
        trail.come(Trail.event("shock", "e", 40, "s1"), Trail.event("halt", "f", 41, "s1"));

        Replay.Outcome outcome = replayedFrom(2, trail);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.compared()).isEqualTo(2);
        assertThat(outcome.beyond()).isZero();
        assertThat(replayedFrom(5, trail).differences()).isEmpty();
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
}
