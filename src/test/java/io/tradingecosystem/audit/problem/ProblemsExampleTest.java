package io.tradingecosystem.audit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.problem.Problem.Kind;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** Examples in comments of {@code problem}. */
class ProblemsExampleTest {

    @Test
    void shouldMapAFailureOfARoom() {
        // @start region="map"
        Problems problems =
                Problems.create()
                        .map(
                                RejectedExecutionException.class,
                                e ->
                                        Problem.of(Kind.BUSY, "Too much at once: " + e.getMessage())
                                                .retryAfter(Duration.ofSeconds(2)));
        // @end
        assertThat(problems.find(new CompletionException(new RejectedExecutionException("full"))))
                .hasValueSatisfying(
                        problem -> {
                            assertThat(problem.kind()).isEqualTo(Kind.BUSY);
                            assertThat(problem.detail()).isEqualTo("Too much at once: full");
                            assertThat(problem.retryAfterSeconds()).contains("2");
                        });
    }
}
