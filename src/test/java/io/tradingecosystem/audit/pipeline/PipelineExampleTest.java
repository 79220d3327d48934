package io.tradingecosystem.audit.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.pipeline.RunWait.Question;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The room as its document shows it. */
@Timeout(30)
class PipelineExampleTest {
    @Test
    void shouldSayThatNobodyIsThere() {
        URI nobody = URI.create("http://127.0.0.1:1");

        assertThatThrownBy(() -> await(nobody))
                .isInstanceOf(AwayException.class)
                .hasMessage("no service answers at http://127.0.0.1:1");
    }

    private static RunResult await(URI address) throws InterruptedException {
        Question question =
                new Question(
                        "crash-7",
                        List.of("shock-halts"),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofHours(1));
        // @start region="await"
        try (ServiceApi service = new ServiceApi(address, Optional.empty(), Optional.empty())) {
            return new RunWait(service, said -> {}).await(question, Duration.ofMillis(100));
        }
        // @end
    }
}
