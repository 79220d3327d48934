package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

class HexTest {
    @Property
    void shouldGiveBackWhatItTook(@ForAll byte[] bytes) {
        String digits = Hex.text(bytes);
        ByteWriter out = new ByteWriter(1);

        Hex.write(digits, out);

        assertThat(Hex.isHex(digits, 2 * bytes.length)).isTrue();
        assertThat(out.bytes()).isEqualTo(bytes);
    }

    @Test
    void shouldLeaveAloneWhatItCouldNotGiveBack() {
        assertThat(Hex.isHex("b7ad6b7169203331", 16)).isTrue();
        assertThat(Hex.isHex("B7AD6B7169203331", 16)).isFalse();
        assertThat(Hex.isHex("b7ad6b716920333", 16)).isFalse();
        assertThat(Hex.isHex("b7ad6b716920333g", 16)).isFalse();
        assertThat(Hex.isHex("b7ad6b716920333ä", 16)).isFalse();
        assertThat(Hex.isHex("", 16)).isFalse();
    }
}
