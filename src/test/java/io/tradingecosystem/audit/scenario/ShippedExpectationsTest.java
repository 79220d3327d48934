package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.definition.DefinitionSource;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class ShippedExpectationsTest {
    private static final Path SOURCE = Path.of("src/main/resources/expectations");

    @Test
    void shouldAllBeValidAndListed() throws IOException {
        assertThat(new DefinitionSource<>(ExpectationReader.KIND, Optional.empty()).read())
                .hasSizeGreaterThanOrEqualTo(5);
        try (Stream<Path> files = Files.list(SOURCE)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .sorted()
                            .toList();
            assertThat(Files.readAllLines(SOURCE.resolve("shipped.txt"))).isEqualTo(names);
        }
    }

    @Test
    void shouldReadTheSameFromAFolderAsFromTheJar() {
        assertThat(new DefinitionSource<>(ExpectationReader.KIND, Optional.of(SOURCE)).read())
                .isEqualTo(new DefinitionSource<>(ExpectationReader.KIND, Optional.empty()).read());
    }
}
