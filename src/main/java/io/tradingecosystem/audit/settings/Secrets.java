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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings that are secret, or have a secret in them. The environment may name a file that has
 * the value instead of the value itself, as Docker gives secrets: {@code REDIS_URL_FILE}. Wherever
 * a value is shown, what is secret of it is not.
 */
final class Secrets {
    static final String MASK = "********";
    static final String FILE = "_FILE";

    /** Of these, all is secret; of others, the credentials in an address. */
    private static final Set<String> WHOLE = Set.of("registry.redis-password");

    private static final Set<String> KEYS = Set.of("registry.redis-password", "registry.redis-url");
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)\\S*@");
    private static final Pattern NO_ADDRESS = Pattern.compile("^(?!\\w+://)\\S*@");
    private static final Pattern SUSPICIOUS =
            Pattern.compile("(?i).*(pass?w|pwd|secret|credential|token)[^.]*");
    private static final long MAX_SIZE = 64 << 10;

    private final Map<String, String> values = new HashMap<>();
    private final List<InvalidSettingsException.Problem> problems = new ArrayList<>();

    private Secrets() {}

    /** Reads the files that an environment names. */
    static Secrets in(Map<String, String> environment) {
        Secrets secrets = new Secrets();
        KEYS.stream()
                .sorted()
                .forEach(key -> names(key).forEach(n -> secrets.read(environment, key, n)));
        return secrets;
    }

    /** The names in the environment that name a file, of all secret settings. */
    static Stream<String> fileNames() {
        return KEYS.stream().flatMap(Secrets::names).map(name -> name + FILE);
    }

    /** What people see of a setting. */
    static String shown(String key, String value) {
        if (WHOLE.contains(key)) {
            return value.isEmpty() ? "" : MASK;
        }
        String shown = CREDENTIALS.matcher(value).replaceAll(MASK + "@");
        return KEYS.contains(key) ? NO_ADDRESS.matcher(shown).replaceAll(MASK + "@") : shown;
    }

    /** The same of a setting that there is not: it may be a secret whose name is written wrong. */
    static String shownOfUnknown(String key, String value) {
        boolean hidden = SUSPICIOUS.matcher(key).matches() && !value.isEmpty();
        return hidden ? MASK : shown(key, value);
    }

    private static Stream<String> names(String key) {
        return Stream.concat(
                Stream.of(Misspelling.variable(key)),
                Optional.ofNullable(EcosystemNames.BY_KEY.get(key)).stream());
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
