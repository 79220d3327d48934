package io.tradingecosystem.audit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What joins keep of an event. */
class JoinedEventTest {
    private static final Instant AT = Instant.parse("2026-01-01T12:00:00.000000007Z");
    private static final JoinedEvent FILLED =
            JoinedEvent.of(
                    AuditEvent.builder("venue", "filled")
                            .id("b")
                            .occurredAt(AT)
                            .recordedAt(AT.plusSeconds(1))
                            .build());

    @Test
    void shouldKnowWhatAnEventSays() {
        assertThat(FILLED.service()).isEqualTo("venue");
        assertThat(FILLED.type()).isEqualTo("filled");
        assertThat(FILLED.occurredAt()).isEqualTo(AT);
        assertThat(FILLED.recordedAt() - FILLED.at()).isEqualTo(1_000_000_000);
    }

    @Test
    void shouldTellHowMuchLaterItOccurred() {
        JoinedEvent earlier = at("a", FILLED.at() - 3);

        assertThat(FILLED.since(earlier)).isEqualTo(Duration.ofNanos(3));
        assertThat(earlier.since(FILLED)).isEqualTo(Duration.ofNanos(-3));
    }

    private static JoinedEvent at(String id, long at) {
        return new JoinedEvent(id, "filled", at, at, FILLED.clock());
    }

    @Test
    void shouldBeInTheOrderOfTimeAndThenOfIds() {
        JoinedEvent same = at("a", FILLED.at());
        JoinedEvent later = at("a", FILLED.at() + 1);

        assertThat(List.of(later, FILLED, same).stream().sorted(JoinedEvent.ORDER))
                .containsExactly(same, FILLED, later);
    }

    @Test
    void shouldReadWhatItWrote() {
        ByteWriter out = new ByteWriter(8);
        FILLED.write(out);

        assertThat(JoinedEvent.read("b", FILLED.at(), new ByteReader(out.bytes())))
                .isEqualTo(FILLED);
    }
}
