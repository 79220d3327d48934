package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class UuidsTest {

    @Property
    void shouldGiveBackWhatItTook(@ForAll long high, @ForAll long low) {
        String text = new UUID(high, low).toString();

        assertThat(Uuids.isOne(text)).isTrue();
        assertThat(Uuids.text(Uuids.high(text), Uuids.low(text))).isEqualTo(text);
    }

    @Test
    void shouldLeaveAloneWhatItCouldNotGiveBack() {
        assertThat(Uuids.isOne("FFFFFFFF-0000-7000-8000-000000000001")).isFalse();
        assertThat(Uuids.isOne("00000000000070008000000000000001abcd")).isFalse();
        assertThat(Uuids.isOne("0000000-00000-7000-8000-000000000001")).isFalse();
        assertThat(Uuids.isOne("order-1-placed")).isFalse();
        assertThat(Uuids.isOne("")).isFalse();
    }

    @Property
    void shouldSetVersionAndVariant(@ForAll long high, @ForAll long low) {
        UUID uuid = Uuids.of(8, high, low);

        assertThat(uuid.version()).isEqualTo(8);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() & ~0xF000L).isEqualTo(high & ~0xF000L);
        assertThat(uuid.getLeastSignificantBits() << 2 >>> 2).isEqualTo(low >>> 2);
    }
}
