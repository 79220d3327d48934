package io.tradingecosystem.audit.access.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.access.log.AccessQuery.Order;
import io.tradingecosystem.audit.access.log.Question.Asker;
import io.tradingecosystem.audit.access.log.Question.What;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.monitoring.Meters;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/** The example in the comment of {@code access.log}. */
class AccessLogExampleTest {
    @TempDir private Path directory;

    @Test
    void shouldTellWhoAskedWhat() {
        try (Meters meters = Meters.create()) {
            // @start region="log"
            Asker asker = new Asker("risk-monitor", "token", "10.0.0.7");
            Question question =
                    new Question(What.READ, asker, "GET /orders", Map.of("service", "exchange"));
            try (AccessLog log =
                    AccessLog.start(
                            directory, Duration.ofDays(90), 256 << 20, meters, Time.system())) {
                Disclosure disclosure = log.begin(question);
                Disclosure.run(disclosure, () -> Disclosure.current().tell(17));
                log.end(disclosure, new Answer("200"));
            }
            // @end
            AccessLog again =
                    AccessLog.start(
                            directory, Duration.ofDays(90), 256 << 20, meters, Time.system());
            AccessRecord record =
                    again.find(
                                    new AccessQuery(
                                            Instant.MIN,
                                            Instant.MAX,
                                            "risk-monitor",
                                            "",
                                            Order.NEWEST_FIRST,
                                            10,
                                            ""))
                            .records()
                            .getFirst();
            again.close();
            assertThat(record.keys()).containsEntry("service", "exchange");
            assertThat(record.items()).isEqualTo(1);
            assertThat(record.firstPosition()).isEqualTo(OptionalLong.of(17));
        }
    }
}
