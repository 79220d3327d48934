package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is shipped of any kind is checked in one way. */
public final class ShippedDefinitions {
    private ShippedDefinitions() {}

    /** Every file is listed and valid, and the jar says what the folder says. */
    public static void shouldBeValidAndListed(DefinitionKind<?> kind) throws IOException {
        Path source = Path.of("src/main/resources").resolve(kind.plural());
        try (Stream<Path> files = Files.list(source)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .sorted()
                            .toList();
            assertThat(Files.readAllLines(source.resolve("shipped.txt"))).isEqualTo(names);
        }
        List<String> shipped = texts(kind, Optional.empty());
        assertThat(shipped).hasSizeGreaterThanOrEqualTo(5);
        assertThat(texts(kind, Optional.of(source))).isEqualTo(shipped);
    }

    private static List<String> texts(DefinitionKind<?> kind, Optional<Path> folder) {
        List<? extends Definition<?>> definitions = new DefinitionSource<>(kind, folder).read();
        assertThat(definitions).flatExtracting(Definition::warnings).isEmpty();
        return definitions.stream().<String>map(Definition::text).toList();
    }
}
