package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.access.Caller.Kind;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.settings.SessionSettings;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.ManualTicker;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

class SessionsTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Caller ANNA =
            new Caller("anna", Kind.TOKEN, Set.of(Role.READ), Set.of("desk"));

    private final ManualClock clock = ManualClock.at(START);
    private final ManualTicker ticker = new ManualTicker();
    private final Sessions sessions = sessions(Sessions.MAX);

    private Sessions sessions(int max) {
        return new Sessions(
                new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12)),
                new Time(clock, ticker),
                max);
    }

    @Test
    void shouldKnowACallerWithItsRolesByItsSession() {
        String id = sessions.begin(Proof.until(Instant.MAX, ANNA));

        assertThat(sessions.find(id).orElseThrow().caller())
                .isEqualTo(new Caller("anna", Kind.SESSION, Set.of(Role.READ), Set.of("desk")));
        assertThat(sessions.find(id).orElseThrow().end())
                .isEqualTo(START.plus(Duration.ofHours(12)));
        assertThat(sessions.find(RandomToken.make())).isEmpty();
    }

    @Test
    void shouldGiveEachSessionAnIdThatNobodyGuesses() {
        String first = sessions.begin(Proof.until(Instant.MAX, ANNA));
        String second = sessions.begin(Proof.until(Instant.MAX, ANNA));

        assertThat(first).matches("[0-9a-f]{64}").isNotEqualTo(second);
    }

    @Test
    void shouldEndASessionThatNobodyUses() {
        String used = sessions.begin(Proof.until(Instant.MAX, ANNA));
        String left = sessions.begin(Proof.until(Instant.MAX, ANNA));

        pass(Duration.ofMinutes(29));
        assertThat(sessions.find(used)).isPresent();
        pass(Duration.ofMinutes(2));

        assertThat(sessions.find(used)).isPresent();
        assertThat(sessions.find(left)).isEmpty();
    }

    @Test
    void shouldEndASessionAfterItsTimeHoweverMuchItIsUsed() {
        String id = sessions.begin(Proof.until(Instant.MAX, ANNA));
        for (int i = 0; i < 12 * 60 - 1; i++) {
            pass(Duration.ofMinutes(1));
            assertThat(sessions.find(id)).isPresent();
        }

        pass(Duration.ofMinutes(1));

        assertThat(sessions.find(id)).isEmpty();
    }

    @Test
    void shouldEndASessionWithTheTokenItCameFrom() {
        AtomicBoolean known = new AtomicBoolean(true);
        String expiring = sessions.begin(Proof.until(START.plusSeconds(60), ANNA));
        String revoked = sessions.begin(new Proof(ANNA, Instant.MAX, known::get));
        assertThat(sessions.find(expiring)).isPresent();
        assertThat(sessions.find(revoked)).isPresent();

        pass(Duration.ofSeconds(60));
        known.set(false);

        assertThat(sessions.find(expiring)).isEmpty();
        assertThat(sessions.find(revoked)).isEmpty();
        known.set(true);
        assertThat(sessions.find(revoked)).as("it does not come back").isEmpty();
    }

    @Test
    void shouldEndASessionThatIsLoggedOut() {
        String id = sessions.begin(Proof.until(Instant.MAX, ANNA));
        String other = sessions.begin(Proof.until(Instant.MAX, ANNA));

        sessions.end(id);

        assertThat(sessions.find(id)).isEmpty();
        assertThat(sessions.find(other)).isPresent();
    }

    @Test
    void shouldHaveNoMoreThanItsTableHas() {
        int max = 200;
        Sessions sessions = sessions(max);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < max + 100; i++) {
            Caller caller =
                    new Caller("c" + i / Sessions.MAX_PER_CALLER, Kind.TOKEN, Set.of(), Set.of());
            ids.add(sessions.begin(Proof.until(Instant.MAX, caller)));
        }

        assertThat(ids.stream().filter(id -> sessions.find(id).isPresent()))
                .hasSizeLessThanOrEqualTo(max)
                .hasSizeGreaterThan(max / 2);
    }

    @Test
    void shouldEndTheOldestOfWhoBeginsTooMany() {
        Caller ben = new Caller("ben", Kind.JWT, Set.of(), Set.of());
        String others = sessions.begin(Proof.until(Instant.MAX, ben));
        List<String> own = new ArrayList<>();
        for (int i = 0; i <= Sessions.MAX_PER_CALLER; i++) {
            own.add(sessions.begin(Proof.until(Instant.MAX, ANNA)));
            pass(Duration.ofSeconds(1));
        }

        assertThat(sessions.find(own.getFirst())).isEmpty();
        assertThat(own.subList(1, own.size())).allMatch(id -> sessions.find(id).isPresent());
        assertThat(sessions.find(others)).isPresent();
    }

    private void pass(Duration time) {
        clock.jump(time);
        ticker.advance(time);
    }
}
