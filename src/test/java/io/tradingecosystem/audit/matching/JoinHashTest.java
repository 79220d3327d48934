package io.tradingecosystem.audit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** What events of one join share. */
class JoinHashTest {
    private static final List<JoinKey> KEYS = List.of(new JoinKey("k", "m"), JoinKey.of("n"));

    private static AuditEvent event(String k, String m, String n) {
        return AuditEvent.builder("desk", "placed")
                .attribute("k", k)
                .attribute("m", m)
                .attribute("n", n)
                .build();
    }

    @Test
    void shouldBeTheSameForATriggerAndItsEffect() {
        Optional<JoinHash> cause = JoinHash.ofCause(KEYS, event("1", "2", "3"));

        assertThat(cause).isPresent().isEqualTo(JoinHash.ofEffect(KEYS, event("9", "1", "3")));
        assertThat(cause)
                .isNotEqualTo(JoinHash.ofEffect(KEYS, event("1", "2", "3")))
                .isNotEqualTo(JoinHash.ofEffect(KEYS, event("9", "1", "4")))
                .isNotEqualTo(JoinHash.ofEffect(KEYS, event("9", "13", "")));
    }

    @Test
    void shouldTellWhereOneValueEnds() {
        assertThat(JoinHash.ofCause(KEYS, event("12", "", "3")))
                .isNotEqualTo(JoinHash.ofCause(KEYS, event("1", "", "23")));
    }

    @Test
    void shouldBeMissingWhereAKeyIs() {
        assertThat(JoinHash.ofCause(KEYS, event("1", "2", ""))).isEmpty();
        assertThat(JoinHash.ofCause(KEYS, event("", "2", "3"))).isEmpty();
        assertThat(JoinHash.ofEffect(KEYS, event("1", "", "3"))).isEmpty();
    }

    @Test
    void shouldBeOneForAllWithoutKeys() {
        assertThat(JoinHash.ofCause(List.of(), event("1", "2", "3")))
                .isPresent()
                .isEqualTo(JoinHash.ofEffect(List.of(), event("", "", "")));
    }

    @Test
    void shouldBeTheFirstBitsOfTheDigest() {
        JoinHash hash = JoinHash.ofCause(List.of(), event("", "", "")).orElseThrow();

        assertThat(Long.toHexString(hash.high())).isEqualTo("e3b0c44298fc1c14");
        assertThat(Long.toHexString(hash.low())).isEqualTo("9afbf4c8996fb924");
    }
}
