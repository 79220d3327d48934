package io.tradingecosystem.audit.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values of secret settings in files: the environment may name a file that has the value
 * instead of the value itself, as Docker gives secrets: {@code REDIS_URL_FILE}.
 */
final class SecretFiles {
    static final String FILE = "_FILE";
    private static final long MAX_SIZE = 64 << 10;

    private final Map<String, String> values = new HashMap<>();
    private final List<InvalidSettingsException.Problem> problems = new ArrayList<>();

    private SecretFiles() {}

    /** Reads the files that an environment names. */
    static SecretFiles in(Map<String, String> environment) {
        SecretFiles secrets = new SecretFiles();
        Secrets.KEYS.stream()
                .sorted()
                .forEach(
                        key ->
                                EcosystemNames.of(key)
                                        .forEach(n -> secrets.read(environment, key, n)));
        return secrets;
    }

    /** The names in the environment that name a file, of all secret settings. */
    static Stream<String> fileNames() {
        return Secrets.KEYS.stream().flatMap(EcosystemNames::of).map(name -> name + FILE);
    }

    private void read(Map<String, String> environment, String key, String name) {
        String file = environment.getOrDefault(name + FILE, "");
        if (file.isBlank()) {
            return;
        }
        if (!environment.getOrDefault(name, "").isBlank()) {
            problem(name, key, file, "one of " + name + " and " + name + FILE);
            return;
        }
        try {
            values.put(name, text(Path.of(file)));
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            problem(name, key, file, "a file that can be read, of 64 KiB at most");
        }
    }

    private void problem(String name, String key, String file, String allowed) {
        problems.add(
                new InvalidSettingsException.Problem(
                        "environment " + name + FILE, key, file, allowed));
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_SIZE) {
            throw new IOException("too large");
        }
        return Files.readString(file, UTF_8).strip();
    }

    /** What the file has that stands for a name in the environment. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    List<InvalidSettingsException.Problem> problems() {
        return List.copyOf(problems);
    }
}
