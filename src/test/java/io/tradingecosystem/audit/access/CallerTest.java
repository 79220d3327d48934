package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.access.Caller.Kind;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;

class CallerTest {
    private static final Caller RISK =
            new Caller("risk", Kind.TOKEN, Set.of(Role.SEND), Set.of("risk-monitor"));

    private static final Caller ADMIN =
            new Caller("admin", Kind.TOKEN, Set.of(Role.ADMIN), Set.of("admin"));

    @Test
    void shouldSpeakForItsServicesOnly() {
        assertThat(RISK.maySpeakFor("risk-monitor")).isTrue();
        assertThat(RISK.maySpeakFor("risk")).isFalse();
        assertThat(ADMIN.maySpeakFor("risk-monitor")).isTrue();
        assertThat(Caller.NONE.maySpeakFor("risk-monitor")).isTrue();
    }

    @Test
    void shouldDoWhatItsRolesAllow() {
        assertThat(RISK.may(Role.SEND)).isTrue();
        assertThat(RISK.may(Role.READ)).isFalse();
        assertThat(ADMIN.may(Role.READ)).isTrue();
        assertThat(Caller.NONE.may(Role.READ)).isFalse();
    }

    @Test
    void shouldBeSpokenOfByItsName() {
        assertThat(RISK.spoken()).isEqualTo("risk");
        assertThat(Caller.NONE.spoken()).isEqualTo("a caller without credentials");
    }

    @Test
    void shouldBeKnownWhileItsWorkIsDone() throws Exception {
        Caller.run(
                Optional.of(RISK),
                () -> {
                    assertThat(Caller.current()).contains(RISK);
                    Caller.run(
                            Optional.of(ADMIN), () -> assertThat(Caller.current()).contains(ADMIN));
                    assertThat(Caller.current()).contains(RISK);
                });
        assertThat(Caller.current()).isEmpty();

        Optional<Caller> seen = Caller.call(Optional.of(RISK), Caller::current);

        assertThat(seen).contains(RISK);
        assertThat(Caller.current()).isEmpty();
    }
}
