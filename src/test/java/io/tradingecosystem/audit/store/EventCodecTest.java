package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import java.time.Duration;
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
                .isEqualTo(one.saysTheSameAs(other));
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
    void shouldNotCompareAuthors() {
        AuditEvent own = event().author(Author.OWN).build();

        assertThat(EventCodec.sameContent(encoded(own), encoded(event().build()))).isTrue();
    }

    @Test
    void shouldTakeOwnTypesForUnprovenWhereTheLayoutHasNoAuthor() {
        assertThat(firstLayout("audit.rule").author()).isEqualTo(Author.UNPROVEN);
        assertThat(firstLayout("audit.came").author()).isEqualTo(Author.DOOR);
    }

    private static AuditEvent firstLayout(String type) {
        ByteWriter bytes = new ByteWriter(16);
        bytes.octet(1).number(0).number(0).varint(0).octet(1);
        bytes.text("a").text("risk-monitor").text(type);
        return EventCodec.decode(1, bytes.bytes());
    }

    @Test
    void shouldWriteTheLayoutThatIsOnDisk() {
        AuditEvent event =
                event().id("0190b5d2-7c3a-7000-8abc-0123456789ab")
                        .occurredAt(Instant.parse("2026-01-30T10:00:00.123456789Z"))
                        .instance("risk-monitor-1")
                        .severity(Severity.WARNING)
                        .author(Author.UNPROVEN)
                        .duration(Duration.ofMillis(1_500))
                        .traceId("0af7651916cd43dd8448eb211c80319c")
                        .spanId("b7ad6b7169203331")
                        .parentSpanId("not hex")
                        .correlationId("0190b5d2-7c3a-7000-8abc-0123456789ac")
                        .scenarioId("run-1")
                        .causeId("order-1")
                        .message("zwölf")
                        .attribute("a", -3)
                        .attribute("b", 1.5)
                        .attribute("c", true)
                        .attribute("d", "x")
                        .build();

        assertThat(Hex.text(encoded(event)))
                .isEqualTo(
                        "020000000000000000ffe705120401610162016301640c7269736b2d6d6f6e69746f72"
                            + "0e7269736b2d6d6f6e69746f722d31117269736b2e616c6572742e726169736564"
                            + "0280cab5ee01067a77c3b66c660572756e2d310105023ff800000000000004000178"
                            + "0190b5d27c3a70008abc0123456789ac"
                            + "0af7651916cd43dd8448eb211c80319c188f79e4527f0d15b7ad6b7169203331"
                            + "076e6f74206865780190b5d27c3a70008abc0123456789ab076f726465722d31");
    }

    @Test
    void shouldNotRepeatTheIdsThatAnIdIsMadeOf() {
        AuditEventBuilder span =
                event().traceId("0af7651916cd43dd8448eb211c80319c").spanId("b7ad6b7169203331");
        int other = encoded(span.id("").build()).length;

        String id = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";
        assertThat(encoded(span.id(id).build())).hasSize(other - 1);
        assertThat(encoded(span.id(id + "-0").build())).hasSize(other + 2);
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
