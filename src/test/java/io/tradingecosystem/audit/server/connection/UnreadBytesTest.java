package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class UnreadBytesTest {
    private int held;
    private final AtomicInteger walks = new AtomicInteger();
    private final UnreadBytes unread =
            new UnreadBytes(
                    () -> {
                        walks.incrementAndGet();
                        return held;
                    });

    @Test
    void shouldCountWhatSmallPiecesTakeBesideTheirBytes() {
        for (int i = 0; i < 100_000; i++) {
            receive(1);
        }

        assertThat(unread.memory()).isGreaterThanOrEqualTo(100_000 * 90L);
    }

    @Test
    void shouldNotWalkOverAllPiecesForEachThatComes() {
        for (int i = 0; i < 100_000; i++) {
            receive(1);
        }

        assertThat(walks.get()).isLessThan(30);
    }

    @Test
    void shouldForgetWhatWasRead() {
        for (int i = 0; i < 1_000; i++) {
            receive(8_000);
            held = 0;
        }

        assertThat(unread.memory()).isLessThan(50_000);
    }

    @Test
    void shouldTellExactlyWhetherThereIsMoreThanABound() {
        for (int i = 0; i < 10; i++) {
            receive(10_000);
        }
        held = 50_000;

        assertThat(unread.isOver(100_000, 10_000)).isFalse();
        receive(10_000);
        held = 95_000;
        unread.add(10_000);
        assertThat(unread.isOver(100_000, 10_000)).isTrue();
    }

    @Test
    void shouldTakeManySmallPiecesForMoreThanTheirBytes() {
        for (int i = 0; i < 10_000; i++) {
            receive(1);
        }

        assertThat(unread.isOver(100_000, 1)).isTrue();
    }

    private void receive(int count) {
        unread.add(count);
        held += count;
    }
}
