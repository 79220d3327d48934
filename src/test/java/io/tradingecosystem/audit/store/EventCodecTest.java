package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Times;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class EventCodecTest {
    @Provide
    static Arbitrary<AuditEvent> events() {
        return Events.any();
    }

    @Property(tries = 500)
    void shouldReadWhatItWrote(
            @ForAll("events") AuditEvent event, @ForAll long position, @ForAll long recordedAt) {
        byte[] bytes = encoded(event);
        BigEndian.setLong(bytes, EventCodec.RECORDED_AT, recordedAt);

        assertThat(EventCodec.decode(position, bytes))
                .isEqualTo(event.stored(position, Times.ofEpochNanos(recordedAt)));
    }

    @Property(tries = 200)
    void shouldTellSameContentFromOther(
            @ForAll("events") AuditEvent one, @ForAll("events") AuditEvent other) {
        assertThat(EventCodec.sameContent(encoded(one), encoded(one))).isTrue();
        assertThat(EventCodec.sameContent(encoded(one), encoded(other)))
                .isEqualTo(one.equals(other));
    }

    @Test
    void shouldTakeAttributesInAnotherOrderForTheSame() {
        AuditEvent one = event().attribute("a", 1).attribute("b", true).build();
        AuditEvent other = event().attribute("b", true).attribute("a", 1).build();

        assertThat(EventCodec.sameContent(encoded(one), encoded(other))).isTrue();
    }

    @Test
    void shouldNotCompareWhatTheLogAdds() {
        byte[] stored = encoded(event().build());
        BigEndian.setLong(stored, EventCodec.RECORDED_AT, 7);

        assertThat(EventCodec.sameContent(stored, encoded(event().build()))).isTrue();
    }

    @Test
    void shouldRefuseATimeThatDoesNotFit() {
        AuditEvent far = event().occurredAt(Instant.MAX).build();

        assertThatThrownBy(() -> encoded(far))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("occurred_at");
    }

    private static AuditEventBuilder event() {
        return AuditEvent.builder("risk-monitor", "risk.alert.raised").id("a");
    }

    private static byte[] encoded(AuditEvent event) {
        ByteWriter bytes = new ByteWriter(16);
        EventCodec.encode(event, bytes);
        return bytes.bytes();
    }
}
