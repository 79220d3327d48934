package io.tradingecosystem.audit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.bench.DemoRecordings;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.Recording;
import io.tradingecosystem.audit.scenario.OfflineVerdicts;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class DemoRecordingsTest {
    private static final Path DEMO = Path.of("src/demo");

    @Test
    void shouldBeWhatTheGeneratorWrites(@TempDir Path fresh) throws IOException {
        DemoRecordings.main(new String[] {fresh.toString()});

        try (Stream<Path> files = Files.list(fresh)) {
            assertThat(files)
                    .hasSize(10)
                    .allSatisfy(
                            file ->
                                    assertThat(DEMO.resolve(file.getFileName()))
                                            .hasSameTextualContentAs(file));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "depeg, PASSED",
        "depeg-late, FAILED",
        "market-crash, PASSED",
        "settlement-delay, PASSED",
        "quiet-day, PASSED"
    })
    void shouldBeJudgedByTheShippedExpectations(String name, Status expected) throws IOException {
        List<AuditEvent> recording = Recording.read(DEMO.resolve(name + ".ndjson"));

        OfflineVerdicts.Outcome outcome =
                OfflineVerdicts.verify(
                        recording, Optional.empty(), Tolerances.DEFAULT, Optional.empty());

        assertThat(outcome.status()).isEqualTo(expected);
        assertThat(outcome.verdicts()).isNotEmpty();
        assertThat(outcome.unexplainedAlerts()).isEmpty();
    }
}
