package io.tradingecosystem.audit.settings;

import io.tradingecosystem.audit.settings.EffectiveConfiguration.Entry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;

/** One pass over the settings: where each value comes from, which keys exist, what is wrong. */
final class Reading {
    /** Keys of earlier versions, and what stands in their place. */
    private static final Map<String, String> REMOVED =
            Map.of(
                    "store.cache-size",
                    "store.memory sizes caches and write buffers together, from what the machine"
                            + " has unless it is set");

    private final SettingsFile file;
    private final Map<String, String> environment;
    private final SecretFiles secrets;
    private final Properties properties;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> tables = new HashSet<>();
    private final List<InvalidSettingsException.Problem> problems = new ArrayList<>();

    private Reading(SettingsFile file, Map<String, String> environment, Properties properties) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.secrets = SecretFiles.in(environment);
        this.properties = properties;
        this.problems.addAll(secrets.problems());
    }

    static Reading of(Optional<Path> file, Map<String, String> environment, Properties properties) {
        try {
            return new Reading(
                    file.map(SettingsFile::read).orElseGet(SettingsFile::none),
                    environment,
                    properties);
        } catch (InvalidSettingsException e) {
            // The rest of the settings is read too: how they are complained about is one of them.
            Reading rest = new Reading(SettingsFile.none(), environment, properties);
            e.problems().forEach(each -> rest.problems.add(each.hidden()));
            return rest;
        }
    }

    <T> T value(
            String key,
            T otherwise,
            String allowed,
            Function<String, Optional<T>> parse,
            Function<T, String> show) {
        Optional<Found> found = find(key);
        Optional<T> parsed = found.flatMap(f -> parse.apply(f.text().strip()));
        if (found.isPresent() && parsed.isEmpty()) {
            problem(found.get().origin(), key, found.get().text(), allowed);
        }
        T value = parsed.orElse(otherwise);
        entries.add(
                new Entry(
                        key,
                        Secrets.shown(key, show.apply(value)),
                        found.map(Found::origin).orElse("default")));
        return value;
    }

    List<String> list(String key, List<String> otherwise) {
        Optional<Found> override = override(key);
        List<String> value;
        String origin;
        if (override.isPresent()) {
            value =
                    Arrays.stream(override.get().text().split(",", -1))
                            .map(String::strip)
                            .filter(s -> !s.isEmpty())
                            .toList();
            origin = override.get().origin();
        } else {
            Optional<List<String>> inFile = file.list(key);
            value = inFile.orElse(otherwise);
            origin = inFile.isPresent() ? file.name() : "default";
        }
        tables.add(key);
        entries.add(new Entry(key, value.toString(), origin));
        return List.copyOf(value);
    }

    Map<String, List<String>> table(String key, Map<String, List<String>> otherwise) {
        Map<String, List<String>> inFile = file.table(key);
        Map<String, List<String>> value = inFile.isEmpty() ? otherwise : inFile;
        String origin = inFile.isEmpty() ? "default" : file.name();
        tables.add(key);
        value.forEach(
                (row, cells) -> entries.add(new Entry(key + "." + row, cells.toString(), origin)));
        return new LinkedHashMap<>(value);
    }

    /** What the file has below a key: the rest of each key, dots included. */
    List<String> below(String key) {
        String prefix = key + ".";
        return file.keys().stream()
                .filter(each -> each.startsWith(prefix))
                .map(each -> each.substring(prefix.length()))
                .toList();
    }

    void problem(String key, String value, String allowed) {
        problem(find(key).map(Found::origin).orElse("default"), key, value, allowed);
    }

    /** Names in the environment that were to set a key, perhaps. */
    List<Misspelling> misspellings() {
        return Misspelling.in(environment, entries.stream().map(Entry::key).toList());
    }

    /** Reports what was found wrong, or gives the effective value of every key. */
    EffectiveConfiguration finish(boolean json) {
        Set<String> known = new HashSet<>();
        entries.forEach(e -> known.add(e.key()));
        REMOVED.forEach(this::requireUnset);
        for (String key : file.keys()) {
            boolean inTable =
                    tables.stream().anyMatch(t -> key.equals(t) || key.startsWith(t + "."));
            if (!known.contains(key) && !inTable && !REMOVED.containsKey(key)) {
                String value = Secrets.shownOfUnknown(key, file.text(key).orElse(""));
                problem(file.name(), key, value, unknown(key, known));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems, json);
        }
        return new EffectiveConfiguration(entries);
    }

    private void requireUnset(String key, String instead) {
        find(key)
                .ifPresent(
                        found ->
                                problem(
                                        found.origin(),
                                        key,
                                        found.text(),
                                        "no such key any more; " + instead));
    }

    private static String unknown(String key, Set<String> known) {
        String parent = key.substring(0, Math.max(0, key.lastIndexOf('.') + 1));
        List<String> siblings = known.stream().filter(k -> k.startsWith(parent)).sorted().toList();
        return siblings.isEmpty() || parent.isEmpty()
                ? "no such key; --print-config lists them all"
                : "no such key; here are " + String.join(", ", siblings);
    }

    private void problem(String origin, String key, String value, String allowed) {
        problems.add(
                new InvalidSettingsException.Problem(
                        origin, key, Secrets.shown(key, value), allowed));
    }

    private Optional<Found> find(String key) {
        return override(key).or(() -> file.text(key).map(text -> new Found(text, file.name())));
    }

    private Optional<Found> override(String key) {
        String property = properties.getProperty(key);
        if (property != null) {
            return Optional.of(new Found(property, "system property " + key));
        }
        return variable(EcosystemNames.variable(key))
                .or(
                        () ->
                                Optional.ofNullable(EcosystemNames.BY_KEY.get(key))
                                        .flatMap(this::variable));
    }

    private Optional<Found> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> !text.isBlank())
                .map(text -> new Found(text, "environment " + name))
                .or(
                        () ->
                                secrets.value(name)
                                        .map(
                                                text ->
                                                        new Found(
                                                                text,
                                                                "environment "
                                                                        + name
                                                                        + SecretFiles.FILE)));
    }

    private record Found(String text, String origin) {}
}
