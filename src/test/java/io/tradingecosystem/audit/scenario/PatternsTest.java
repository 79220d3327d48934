package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.json.Recording;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The patterns that are shipped to be copied, each with two recordings. */
class PatternsTest {
    private static final Path PATTERNS = Path.of("src/main/resources/patterns");
    private static final Path PAGE = Path.of("src/site/markdown/patterns.md");

    static List<Path> patterns() throws IOException {
        try (Stream<Path> files = Files.walk(PATTERNS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void shouldPassWhatIsAsItShouldBe(Path pattern) throws IOException {
        assertThat(verify(pattern, "passes").status()).isEqualTo(Status.PASSED);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void shouldFailWhatIsNot(Path pattern) throws IOException {
        assertThat(verify(pattern, "fails").status()).isEqualTo(Status.FAILED);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void shouldBeNamedAsItsFileAndStandOnThePage(Path pattern) throws IOException {
        String name = pattern.getFileName().toString().replace(".yaml", "");
        assertThat(Files.readString(pattern)).contains("\nname: " + name + "\n");
        assertThat(Files.readString(PAGE))
                .contains("| `" + PATTERNS.relativize(pattern).toString().replace('\\', '/') + "`");
    }

    private static Outcome verify(Path pattern, String kind) throws IOException {
        Path recording = Path.of(pattern.toString().replace(".yaml", "." + kind + ".ndjson"));
        return OfflineVerdicts.verify(
                Recording.read(recording),
                Optional.of(pattern),
                Tolerances.DEFAULT,
                Optional.empty());
    }
}
