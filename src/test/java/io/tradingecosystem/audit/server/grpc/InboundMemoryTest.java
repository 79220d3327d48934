package io.tradingecosystem.audit.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class InboundMemoryTest {
    private static final long MOST = 100_000;

    private final AtomicLong now = new AtomicLong();
    private final InboundMemory memory = new InboundMemory(MOST, now::get);
    private final List<String> refused = new ArrayList<>();

    @Test
    void shouldRefuseTheOneThatGoesPastTheBound() {
        share("first").receive(60_000);
        share("second").receive(60_000);

        assertThat(refused).containsExactly("second");
    }

    @Test
    void shouldLetOneThatIsAloneTakeMore() {
        share("alone").receive(10 * MOST);

        assertThat(refused).isEmpty();
    }

    @Test
    void shouldAlwaysTakeAFewBytes() {
        share("first").receive(2 * MOST);
        share("health check").receive(100);

        assertThat(refused).isEmpty();
    }

    @Test
    void shouldRefuseThoseThatAreStuckInAMessageInsteadOfOthers() {
        share("stuck").receive(60_000);
        InboundMemory.Share working = share("working");
        working.receive(30_000);
        working.received(0);
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        share("new").receive(60_000);

        assertThat(refused).containsExactly("stuck");
    }

    @Test
    void shouldRefuseNoMoreOfThoseThatComeTogetherThanItMust() {
        List<InboundMemory.Share> together = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            together.add(share("call " + i));
        }
        for (int part = 0; part < 3; part++) {
            together.forEach(share -> share.receive(10_000));
        }

        assertThat(refused).hasSize(7);
    }

    @Test
    void shouldRefuseToDecompressWhatDoesNotFit() {
        share("first").receive(60_000);
        InboundMemory.Share bomb = share("bomb");
        bomb.receive(10_000);
        bomb.received(0);

        assertThatThrownBy(() -> bomb.decompress(60_000))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("server.grpc.max-inbound-memory");
    }

    @Test
    void shouldGiveBackWhatWasWorkedOnButNotWhatIsComing() {
        InboundMemory.Share share = share("stream");
        share.receive(1_000);
        share.received(1_000);
        share.begin();
        share.receive(300);

        share.done();

        assertThat(memory.used()).isEqualTo(300);
    }

    @Test
    void shouldHoldNothingForACallThatIsOverWhateverComesLate() {
        InboundMemory.Share share = share("cancelled");
        share.receive(1_000);
        share.close();
        share.received(1_000);

        assertThat(memory.used()).isZero();
    }

    private InboundMemory.Share share(String name) {
        InboundMemory.Share share = memory.share((StatusRuntimeException e) -> refused.add(name));
        share.begin();
        return share;
    }
}
