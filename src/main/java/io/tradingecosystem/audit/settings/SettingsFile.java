package io.tradingecosystem.audit.settings;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import io.helidon.config.yaml.YamlConfigParser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The YAML file, read by Helidon's configuration with nothing mixed in. */
final class SettingsFile {
    private final String name;
    private final Config root;
    private final BinaryOperator<String> written;
    private final Map<String, String> leaves;

    /**
     * A file.
     *
     * @param written gives the own text of a value, by its key and as it was read
     */
    private SettingsFile(String name, Config root, BinaryOperator<String> written) {
        this.name = name;
        this.root = root;
        this.written = written;
        this.leaves = new LinkedHashMap<>();
        root.traverse()
                .filter(Config::isLeaf)
                .forEach(leaf -> leaves.put(leaf.key().toString(), text(leaf)));
    }

    static SettingsFile none() {
        return new SettingsFile("built-in defaults", Config.empty(), (key, read) -> read);
    }

    static SettingsFile read(Path path) {
        if (!Files.isReadable(path)) {
            throw unreadable(path, "a readable YAML file");
        }
        WrittenSettings written = WrittenSettings.of(path);
        if (!written.repeated().isEmpty()) {
            throw new InvalidSettingsException(written.repeated());
        }
        try (InputStream yaml = Files.newInputStream(path)) {
            return new SettingsFile(path.toString(), parse(yaml), written::text);
        } catch (IOException | ConfigException e) {
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            throw unreadable(path, "valid YAML: " + oneLine(reason));
        }
    }

    /** What is disabled would take an eighth of a start, for nothing that is used here. */
    private static Config parse(InputStream yaml) {
        return Config.builder(ConfigSources.create(yaml, MediaTypes.APPLICATION_X_YAML))
                .disableParserServices()
                .addParser(YamlConfigParser.create())
                .disableMapperServices()
                .disableFilterServices()
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .disableKeyResolving()
                .disableValueResolving()
                .build();
    }

    private static String oneLine(Throwable reason) {
        // A line of the file that a parser shows may have a secret in it.
        return String.valueOf(reason.getMessage())
                .lines()
                .filter(line -> !line.startsWith("    "))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    String name() {
        return name;
    }

    Set<String> keys() {
        return leaves.keySet();
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(leaves.get(key));
    }

    Optional<List<String>> list(String key) {
        Config node = root.get(key);
        return node.exists() ? Optional.of(texts(node)) : Optional.empty();
    }

    Map<String, List<String>> table(String key) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Config table = root.get(key);
        if (table.exists() && !table.isLeaf()) {
            for (Config row : table.asNodeList().orElse(List.of())) {
                rows.put(Config.Key.unescapeName(row.name()), texts(row));
            }
        }
        return rows;
    }

    private List<String> texts(Config node) {
        if (node.isLeaf()) {
            return node.asString().isPresent() ? List.of(text(node)) : List.of();
        }
        return node.asNodeList().orElse(List.of()).stream().map(this::text).toList();
    }

    private String text(Config leaf) {
        String key = Config.Key.unescapeName(leaf.key().toString());
        return written.apply(key, leaf.asString().orElse(""));
    }

    private static InvalidSettingsException unreadable(Path path, String allowed) {
        return new InvalidSettingsException(
                List.of(
                        new InvalidSettingsException.Problem(
                                "--config", "file", path.toString(), allowed)));
    }
}
