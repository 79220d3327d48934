package io.tradingecosystem.audit.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.settings.PeerPolicy;
import io.tradingecosystem.audit.testing.ManualTicker;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Which instance is chosen, which steps out, and what may be tried again. */
class BalancingTest {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration MAX = Duration.ofSeconds(15);

    private final ManualTicker ticker = new ManualTicker();
    private final OutlierEjection outlierEjection =
            new OutlierEjection(new PeerPolicy.OutlierEjection(3, FIRST, MAX), ticker);
    private final LoadBalancer balancer = new LoadBalancer(new Random(42));

    @Test
    void shouldNeverChooseTheBusiestOfThree() {
        List<Instance> all = List.of(new Instance(9), new Instance(1), new Instance(0));

        for (int i = 0; i < 1_000; i++) {
            assertThat(balancer.among(all, List.of()).orElseThrow().inFlight).isLessThan(9);
        }
    }

    @Test
    void shouldSpreadCallsEvenlyWithoutAskingEveryone() {
        List<Instance> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(new Instance(0));
        }

        for (int i = 0; i < 2_000; i++) {
            balancer.among(all, List.of()).orElseThrow().inFlight++;
        }

        // Mitzenmacher's bound for two choices; one choice alone would be off by 20 and more.
        assertThat(all).allSatisfy(each -> assertThat(each.inFlight).isBetween(95, 105));
    }

    @Test
    void shouldChooseTheBusyOneRatherThanOneThatSteppedOut() {
        Instance busy = new Instance(100);
        Instance out = new Instance(0).steppedOutNow();

        assertThat(balancer.among(List.of(busy, out), List.of())).contains(busy);
    }

    @Test
    void shouldChooseTheLastOneWhateverItDid() {
        Instance out = new Instance(0).steppedOutNow();

        assertThat(balancer.among(List.of(out), List.of())).contains(out);
        assertThat(balancer.among(List.of(out, new Instance(0).refusing()), List.of()))
                .contains(out);
    }

    @Test
    void shouldChooseNobodyWhenAllBreakersAreOpen() {
        assertThat(balancer.among(List.of(new Instance(0).refusing()), List.of())).isEmpty();
        assertThat(
                        balancer.among(
                                List.of(new Instance(0).refusing(), new Instance(0).refusing()),
                                List.of()))
                .isEmpty();
        assertThat(balancer.among(List.<Instance>of(), List.of())).isEmpty();
    }

    @Test
    void shouldTryAnotherInstanceTheNextTime() {
        Instance first = new Instance(0);
        Instance second = new Instance(50);

        assertThat(balancer.among(List.of(first, second), List.of(first))).contains(second);
        assertThat(balancer.among(List.of(first, second), List.of(first, second))).isPresent();
    }

    @Test
    void shouldStepOutAfterFailuresInARowOnly() {
        outlierEjection.failed();
        outlierEjection.failed();
        outlierEjection.succeeded();
        outlierEjection.failed();
        outlierEjection.failed();
        assertThat(outlierEjection.out()).isFalse();

        outlierEjection.failed();

        assertThat(outlierEjection.out()).isTrue();
    }

    @Test
    void shouldStepOutForAGrowingWhile() {
        assertThat(timeOut()).isEqualTo(FIRST);
        assertThat(timeOut()).isEqualTo(FIRST.multipliedBy(2));
        assertThat(timeOut()).isEqualTo(MAX);
        assertThat(timeOut()).isEqualTo(MAX);

        outlierEjection.succeeded();

        assertThat(outlierEjection.out()).isFalse();
        assertThat(timeOut()).isEqualTo(FIRST);
    }

    @Test
    void shouldNotStepOutForLongerBecauseOfCallsThatWereInFlight() {
        for (int i = 0; i < 100; i++) {
            outlierEjection.failed();
        }

        ticker.advance(FIRST);

        assertThat(outlierEjection.out()).isFalse();
    }

    @Test
    void shouldSpendTheBudgetAndSaveItUpAgain() {
        RetryBudget budget = new RetryBudget(new PeerPolicy.Retry(2, Duration.ZERO, 0.1, 3));

        assertThat(spend(budget, 10)).isEqualTo(3);
        for (int call = 0; call < 10; call++) {
            budget.save();
        }
        assertThat(spend(budget, 10)).isEqualTo(1);
        for (int call = 0; call < 1_000; call++) {
            budget.save();
        }
        assertThat(spend(budget, 10)).isEqualTo(3);
    }

    @Test
    void shouldNotRetryWithoutABudget() {
        RetryBudget budget = new RetryBudget(new PeerPolicy.Retry(2, Duration.ZERO, 0, 0));
        budget.save();

        assertThat(budget.spend()).isFalse();
    }

    /** Fails until it steps out and gives the time until it is back. */
    private Duration timeOut() {
        while (!outlierEjection.out()) {
            outlierEjection.failed();
        }
        Duration time = Duration.ZERO;
        while (outlierEjection.out()) {
            ticker.advance(Duration.ofSeconds(1));
            time = time.plusSeconds(1);
        }
        return time;
    }

    private static int spend(RetryBudget budget, int wanted) {
        int spent = 0;
        for (int i = 0; i < wanted; i++) {
            spent += budget.spend() ? 1 : 0;
        }
        return spent;
    }

    private static final class Instance implements LoadBalancer.Candidate {
        private int inFlight;
        private boolean steppedOut;
        private boolean admits = true;

        Instance(int inFlight) {
            this.inFlight = inFlight;
        }

        Instance steppedOutNow() {
            steppedOut = true;
            return this;
        }

        Instance refusing() {
            admits = false;
            return this;
        }

        @Override
        public boolean admits() {
            return admits;
        }

        @Override
        public boolean steppedOut() {
            return steppedOut;
        }

        @Override
        public int inFlight() {
            return inFlight;
        }
    }
}
