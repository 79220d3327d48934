package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class RemovalsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void shouldSayOfTheOldestTheTimeOfTheFirstThatIsKept() {
        Removals removals = new Removals(List.of());
        for (int i = 1; i <= 300; i++) {
            Instant at = START.plusSeconds(i);
            removals = removals.with(new Removal(10L * i, at, Optional.of(at)));
        }

        Removals read = Removals.read(removals.bytes());

        assertThat(read.all()).hasSize(256);
        assertThat(read.of(1).orElseThrow().at()).contains(START.plusSeconds(45));
        assertThat(read.of(2_999).orElseThrow().at()).contains(START.plusSeconds(300));
        assertThat(read.of(3_001)).isEmpty();
    }
}
