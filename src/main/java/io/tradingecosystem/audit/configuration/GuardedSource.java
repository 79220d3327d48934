package io.tradingecosystem.audit.configuration;

import io.helidon.faulttolerance.Bulkhead;
import io.helidon.faulttolerance.BulkheadException;
import io.helidon.faulttolerance.CircuitBreaker;
import io.helidon.faulttolerance.CircuitBreakerOpenException;
import io.helidon.faulttolerance.FaultTolerance;
import io.helidon.faulttolerance.FtHandlerTyped;
import io.helidon.faulttolerance.Retry;
import io.helidon.faulttolerance.Timeout;
import io.helidon.faulttolerance.TimeoutException;
import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.configuration.AskingException.Passing;
import io.tradingecosystem.audit.configuration.Failure.Kind;
import io.tradingecosystem.audit.settings.ConfigurationSettings;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * A load: several attempts, each with its share of the time, unless the breaker is open. From the
 * outside in: bulkhead, retry, breaker, timeout. Runs on the caller's thread, which a timeout
 * interrupts; on a virtual thread this closes its socket. Thread-safe.
 */
final class GuardedSource implements ValueSource {
    private static final int LOADS_AT_ONCE = 8;
    private static final int LOADS_WAITING = 256;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PAUSE_JITTER = Duration.ofMillis(50);

    private final Function<String, Answer> attempt;
    private final Duration share;
    private final CircuitBreaker breaker;
    private final FtHandlerTyped<Answer> handler;
    private volatile boolean closed;

    /**
     * @param attempt asks once; throws {@link AskingException}
     * @param timers runs the task that half-opens the breaker after its delay
     */
    GuardedSource(
            Function<String, Answer> attempt,
            ConfigurationSettings settings,
            ExecutorService timers) {
        this.attempt = attempt;
        this.share = share(settings);
        this.breaker =
                CircuitBreaker.builder()
                        .name("configuration")
                        .volume(settings.breaker().calls())
                        .errorRatio(settings.breaker().errorPercent())
                        .delay(settings.breaker().delay())
                        .successThreshold(1)
                        .addApplyOn(Passing.class)
                        .addApplyOn(TimeoutException.class)
                        .executor(timers)
                        .build();
        this.handler =
                FaultTolerance.<Answer>typedBuilder()
                        .addTimeout(
                                Timeout.builder()
                                        .name("configuration")
                                        .timeout(share)
                                        .currentThread(true)
                                        .build())
                        .addBreaker(breaker)
                        .addRetry(
                                Retry.builder()
                                        .name("configuration")
                                        .calls(settings.attempts())
                                        .delay(PAUSE)
                                        .jitter(PAUSE_JITTER)
                                        .overallTimeout(settings.timeout())
                                        .addApplyOn(Passing.class)
                                        .addApplyOn(TimeoutException.class)
                                        .build())
                        .addBulkhead(
                                Bulkhead.builder()
                                        .name("configuration")
                                        .limit(LOADS_AT_ONCE)
                                        .queueLength(LOADS_WAITING)
                                        .build())
                        .build();
    }

    /** What of the whole time one attempt gets. */
    static Duration share(ConfigurationSettings settings) {
        return settings.timeout().dividedBy(settings.attempts());
    }

    @Override
    public Answer ask(String key) {
        try {
            return handler.invoke(() -> attempt(key));
        } catch (AskingException e) {
            return new Answer.Failed(e.failure());
        } catch (CircuitBreakerOpenException e) {
            return failed(Kind.BREAKER_OPEN, "breaker is open");
        } catch (BulkheadException e) {
            return failed(Kind.OVERLOADED, LOADS_WAITING + " loads are waiting");
        } catch (TimeoutException e) {
            return failed(Kind.TIMED_OUT, "an attempt took " + Durations.format(share));
        }
    }

    @Override
    public String breaker() {
        return breaker.state().name();
    }

    @Override
    public void close() {
        closed = true;
    }

    private Answer attempt(String key) {
        if (closed) {
            throw AskingException.of(Kind.CLOSED, "no more loads");
        }
        return attempt.apply(key);
    }

    private static Answer failed(Kind kind, String message) {
        return new Answer.Failed(new Failure(kind, message));
    }
}
