package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.settings.GrpcSettings;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Map;

/** What a caller's frames may take, and what gives it back. */
class FrameBudgetTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final int END_STREAM = 1;
    private static final int MAX_METADATA = 1 << 10;

    private final GrpcSettings settings =
            TestSettings.of(
                            Map.of(
                                    "server.grpc.max-metadata-size", "1024",
                                    "server.grpc.handshake-timeout", "5s"))
                    .server()
                    .grpc();
    private final FrameBudget budget = new FrameBudget(settings, 0);

    @Test
    void shouldBoundAHeadBySizeAndFrames() {
        assertThat(budget.accept(HEADERS, 0, 4 * MAX_METADATA, 0)).isTrue();
        assertThat(budget.accept(CONTINUATION, END_HEADERS, 0, 0)).isTrue();
        assertThat(budget.accept(HEADERS, 0, 4 * MAX_METADATA, 0)).isTrue();
        assertThat(budget.accept(CONTINUATION, 0, 1, 0)).isFalse();

        assertThat(budget.accept(HEADERS, 0, 1, 0)).isTrue();
        for (int frame = 1; frame < 64; frame++) {
            assertThat(budget.accept(CONTINUATION, 0, 0, 0)).isTrue();
        }
        assertThat(budget.accept(CONTINUATION, END_HEADERS, 0, 0)).isFalse();
    }

    @Test
    void shouldBoundTheTimeOfAHead() {
        budget.accept(HEADERS, 0, 1, 7);

        assertThat(budget.headDeadline()).contains(7 + Duration.ofSeconds(5).toNanos());
        budget.accept(CONTINUATION, END_HEADERS, 1, 9);
        assertThat(budget.headDeadline()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 10000", "3, 10000", "4, 1000", "6, 10000", "8, 10000", "99, 10000", "0, 1000"})
    void shouldAllowSoManyFramesThatBringNothing(int type, int allowed) {
        for (int frame = 0; frame < allowed; frame++) {
            assertThat(budget.accept(type, 0, 0, 0)).isTrue();
        }
        assertThat(budget.accept(type, 0, 0, 0)).isFalse();
    }

    @Test
    void shouldAllowMoreAsTimeGoesBy() {
        long second = Duration.ofSeconds(1).toNanos();
        for (int frame = 0; frame < 10_000 + 100; frame++) {
            assertThat(budget.accept(6, 0, 8, frame < 10_000 ? 0 : second)).isTrue();
        }
        assertThat(budget.accept(6, 0, 8, second)).isFalse();
    }

    @Test
    void shouldAllowWhatGoesWithData() {
        for (int frame = 0; frame < 50_000; frame++) {
            budget.sentData();
            assertThat(budget.accept(8, 0, 4, 0)).isTrue();
            assertThat(budget.accept(8, 0, 4, 0)).isTrue();
            assertThat(budget.accept(DATA, 0, 1, 0)).isTrue();
            assertThat(budget.accept(6, 0, 8, 0)).isTrue();
            assertThat(budget.accept(DATA, END_STREAM, 0, 0)).isTrue();
        }
    }
}
