package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DamageRegisterTest {
    @Test
    void shouldRememberTheFirstHundred() {
        DamageRegister running = new DamageRegister();
        DamageRegister verifying = DamageRegister.unbounded();
        for (int i = 0; i < 103; i++) {
            Damage damage = new Damage(i + ".sst", 10L * i + 1, 10L * i + 2, "checksum mismatch");
            running.note(damage);
            verifying.note(damage);
        }

        assertThat(running.found()).hasSize(100).extracting(Damage::file).contains("0.sst");
        assertThat(verifying.found()).hasSize(103);
    }
}
