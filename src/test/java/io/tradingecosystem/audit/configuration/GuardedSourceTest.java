package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.configuration.Failure.Kind;
import io.tradingecosystem.audit.settings.ConfigurationSettings;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Retry, breaker and timeout, without network; the breaker waits until the test says so. */
class GuardedSourceTest {
    private static final Answer ONE = new Answer.Found("1", ValueType.NUMBER, Optional.empty());

    private final AtomicInteger attempts = new AtomicInteger();
    private final HeldTimers timers = new HeldTimers();

    @Test
    void shouldTryAgainAfterAFailureThatMayPass() {
        GuardedSource source = source(failing(Kind.CONNECT_FAILED, 2), "attempts", "3");

        assertThat(source.ask("k")).isEqualTo(ONE);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void shouldGiveUpAfterTheLastAttempt() {
        GuardedSource source = source(failing(Kind.SERVER_ERROR, 99), "attempts", "3");

        assertThat(kind(source.ask("k"))).isEqualTo(Kind.SERVER_ERROR);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void shouldNotTryAgainWhatWouldFailAgain() {
        GuardedSource source = source(failing(Kind.REDIRECTED, 99), "attempts", "3");

        assertThat(kind(source.ask("k"))).isEqualTo(Kind.REDIRECTED);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void shouldOpenHalfOpenAndClose() {
        GuardedSource source = breaking(failing(Kind.SERVER_ERROR, 5));

        for (int i = 0; i < 4; i++) {
            assertThat(kind(source.ask("k"))).isEqualTo(Kind.SERVER_ERROR);
        }
        assertThat(source.breaker()).isEqualTo("OPEN");
        for (int i = 0; i < 10; i++) {
            assertThat(kind(source.ask("k"))).isEqualTo(Kind.BREAKER_OPEN);
        }
        assertThat(attempts).hasValue(4);

        timers.elapse();
        assertThat(source.breaker()).isEqualTo("HALF_OPEN");
        assertThat(kind(source.ask("k"))).isEqualTo(Kind.SERVER_ERROR);
        assertThat(source.breaker()).isEqualTo("OPEN");

        timers.elapse();
        assertThat(source.ask("k")).isEqualTo(ONE);
        assertThat(source.breaker()).isEqualTo("CLOSED");
        assertThat(attempts).hasValue(6);
    }

    @Test
    void shouldStayClosedWhenAnswersAreOfNoUse() {
        GuardedSource source = breaking(failing(Kind.UNREADABLE, 99));

        for (int i = 0; i < 20; i++) {
            assertThat(kind(source.ask("k"))).isEqualTo(Kind.UNREADABLE);
        }
        assertThat(source.breaker()).isEqualTo("CLOSED");
    }

    @Test
    void shouldStayClosedWhileMostAttemptsSucceed() {
        GuardedSource source =
                breaking(
                        key -> {
                            if (attempts.incrementAndGet() % 4 == 0) {
                                throw AskingException.of(Kind.SERVER_ERROR, "status 500");
                            }
                            return ONE;
                        });

        for (int i = 0; i < 100; i++) {
            source.ask("k");
        }
        assertThat(source.breaker()).isEqualTo("CLOSED");
    }

    @Test
    void shouldEndAnAttemptThatTakesTooLongAndCountIt() {
        CountDownLatch interrupted = new CountDownLatch(1);
        GuardedSource source =
                source(
                        key -> {
                            try {
                                assertThat(new CountDownLatch(1).await(30, TimeUnit.SECONDS))
                                        .isFalse();
                                return ONE;
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                                throw AskingException.of(Kind.CONNECTION_LOST, "interrupted");
                            }
                        },
                        "timeout",
                        "100ms",
                        "attempts",
                        "1");
        List<Answer> answers = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> answers.add(source.ask("k")));
        await().until(() -> answers.size() == 1);
        // Helidon interrupts first and notes then that it did: what the attempt says may be faster.
        assertThat(kind(answers.getFirst())).isIn(Kind.TIMED_OUT, Kind.CONNECTION_LOST);
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void shouldNotAskAfterTheEnd() {
        GuardedSource source = source(key -> ONE);

        source.close();

        assertThat(kind(source.ask("k"))).isEqualTo(Kind.CLOSED);
    }

    private GuardedSource breaking(Function<String, Answer> attempt) {
        return source(
                attempt,
                "attempts",
                "1",
                "breaker.calls",
                "4",
                "breaker.error-percent",
                "50",
                "breaker.delay",
                "10ms");
    }

    private GuardedSource source(Function<String, Answer> attempt, String... changes) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            all.put("configuration." + changes[i], changes[i + 1]);
        }
        ConfigurationSettings settings = TestSettings.of(all).configuration();
        return new GuardedSource(attempt, settings, timers);
    }

    private Function<String, Answer> failing(Kind kind, int times) {
        return key -> {
            if (attempts.incrementAndGet() <= times) {
                throw AskingException.of(kind, "as told");
            }
            return ONE;
        };
    }

    private static Kind kind(Answer answer) {
        return answer instanceof Answer.Failed(Failure failure)
                ? failure.kind()
                : fail("an answer: " + answer);
    }

    /** Keeps what it is given until the test lets time pass. */
    private static final class HeldTimers extends AbstractExecutorService {
        private final List<Runnable> held = new ArrayList<>();

        /** Runs what waits; each first sleeps for its own delay, which is short in these tests. */
        void elapse() {
            List<Runnable> due;
            synchronized (held) {
                due = List.copyOf(held);
                held.clear();
            }
            due.forEach(Runnable::run);
        }

        @Override
        public void execute(Runnable command) {
            synchronized (held) {
                held.add(command);
            }
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
