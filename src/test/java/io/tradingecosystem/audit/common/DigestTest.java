package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class DigestTest {
    @Test
    void shouldTellWhereOneTextEnds() {
        assertThat(Digest.hex(32, "ab", "c")).hasSize(32).isNotEqualTo(Digest.hex(32, "a", "bc"));
    }

    @Test
    void shouldStayAsItIs() {
        assertThat(Digest.hex(12, "risk-alert", "1")).isEqualTo("580c0c1acbf7");
    }

    @Test
    void shouldBeThatOfTheStandard() {
        byte[] digest = Digest.sha256().digest("abc".getBytes(StandardCharsets.UTF_8));

        assertThat(Hex.text(digest))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
