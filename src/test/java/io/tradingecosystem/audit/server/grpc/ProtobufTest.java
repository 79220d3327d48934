package io.tradingecosystem.audit.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

import io.tradingecosystem.audit.common.InvalidQuestionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class ProtobufTest {
    @Test
    void shouldReadTimesOfTheYears1To9999() {
        for (String time :
                new String[] {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"}) {
            Instant instant = Instant.parse(time);

            assertThat(Protobuf.instant(Protobuf.timestamp(instant))).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 0",
        "-9223372036854775808, 0",
        "253402300800, 0",
        "-62135596801, 0",
        "0, -1",
        "0, 1000000000"
    })
    void shouldRefuseWhatIsNoTime(long seconds, int nanos) {
        Timestamp time = Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();

        assertThatThrownBy(() -> Protobuf.instant(time))
                .isInstanceOf(InvalidQuestionException.class)
                .hasMessageContaining("seconds " + seconds);
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807, 2000000000", "1, -1", "-1, 1", "0, 1000000000"})
    void shouldRefuseWhatIsNoDuration(long seconds, int nanos) {
        Duration duration = Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();

        assertThatThrownBy(() -> Protobuf.duration(duration))
                .isInstanceOf(InvalidQuestionException.class)
                .hasMessageContaining("nanos " + nanos);
    }

    @Test
    void shouldReadADurationThatIsNegative() {
        java.time.Duration before = java.time.Duration.ofMillis(-1500);

        assertThat(Protobuf.duration(Protobuf.duration(before))).isEqualTo(before);
    }
}
