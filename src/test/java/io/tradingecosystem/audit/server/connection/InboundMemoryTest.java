package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

class InboundMemoryTest {
    private static final long MAX = 100_000;

    private final AtomicLong now = new AtomicLong();
    private final InboundMemory memory = new InboundMemory(MAX, 4_000, now::get);
    private final List<String> refused = new ArrayList<>();

    @Test
    void shouldRefuseTheOneThatGoesPastTheBound() {
        share("first").receive(60_000);
        share("second").receive(60_000);

        assertThat(refused).containsExactly("second");
    }

    @Test
    void shouldLetOneThatIsAloneTakeMore() {
        share("alone").receive(10 * MAX);

        assertThat(refused).isEmpty();
    }

    @Test
    void shouldAlwaysTakeAFewBytes() {
        share("first").receive(2 * MAX);
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
    void shouldRefuseThoseThatTrickle() {
        InboundMemory.Share trickle = share("trickle");
        InboundMemory.Share slow = share("slow");
        trickle.receive(40_000);
        slow.receive(10_000);
        for (int i = 0; i < 4; i++) {
            now.addAndGet(Duration.ofSeconds(3).toNanos());
            trickle.receive(1);
            slow.receive(6_000);
        }
        share("new").receive(60_000);

        assertThat(refused).containsExactly("trickle");
    }

    @Test
    void shouldNotHoldAgainstThemTheTimeInWhichNobodyWaitedForMore() {
        InboundMemory.Share worked = share("worked on");
        worked.add(60_000);
        worked.came(60_000);
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        worked.awaitMore();
        share("new").receive(60_000);

        assertThat(refused).containsExactly("new");
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

        assertThat(bomb.require(30_000)).isTrue();
        assertThat(bomb.require(30_000)).isFalse();
        assertThat(refused).containsExactly("bomb");
        assertThat(memory.used()).isEqualTo(60_000);
    }

    @Test
    void shouldLetOneOfThoseGoOnThatComeAtTheSameMoment() throws Exception {
        for (int round = 0; round < 200; round++) {
            InboundMemory shared = new InboundMemory(MAX, 0, now::get);
            CyclicBarrier together = new CyclicBarrier(8);
            LongAdder admitted = new LongAdder();
            try (ExecutorService calls = Executors.newCachedThreadPool()) {
                for (int i = 0; i < 8; i++) {
                    calls.submit(
                            () -> {
                                together.await();
                                if (shared.share(() -> {}).require(MAX - 1)) {
                                    admitted.increment();
                                }
                                return null;
                            });
                }
            }
            assertThat(admitted.sum()).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepHalfOfTheMemoryForThoseWhoCannotWait() {
        InboundMemory.Share patient = share("patient");

        assertThat(patient.offer(50_000)).isTrue();
        assertThat(patient.offer(10_000)).isFalse();
        assertThat(share("other patient").offer(4_000)).isTrue();
        assertThat(share("impatient").require(40_000)).isTrue();
        assertThat(memory.used()).isEqualTo(94_000);
    }

    @Test
    void shouldCountWhatIsUnreadAsItGrowsAndShrinks() {
        InboundMemory.Share body = memory.share(() -> {});

        assertThat(body.coming(50_000)).isTrue();
        assertThat(body.coming(10_000)).isTrue();
        body.add(20_000);
        assertThat(memory.used()).isEqualTo(30_000);

        body.done();
        assertThat(memory.used()).isEqualTo(10_000);
        body.close();
        assertThat(memory.used()).isZero();
    }

    @Test
    void shouldCountThoseItRefuses() {
        share("first").receive(60_000);
        share("second").receive(60_000);
        InboundMemory.Share third = share("third");
        third.refuse();
        third.refuse();

        assertThat(memory.refusals()).isEqualTo(2);
        assertThat(refused).containsExactly("second", "third");
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
        share.done();
        share.received(1_000);

        assertThat(memory.used()).isZero();
    }

    private InboundMemory.Share share(String name) {
        InboundMemory.Share share = memory.share(() -> refused.add(name));
        share.begin();
        return share;
    }
}
