package io.tradingecosystem.audit.settings;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The YAML file, read by Helidon's configuration with nothing mixed in. */
final class SettingsFile {
    private final String name;
    private final Config root;
    private final Map<String, String> leaves;

    private SettingsFile(String name, Config root) {
        this.name = name;
        this.root = root;
        this.leaves = new LinkedHashMap<>();
        root.traverse()
                .filter(Config::isLeaf)
                .forEach(leaf -> leaves.put(leaf.key().toString(), leaf.asString().orElse("")));
    }

    static SettingsFile none() {
        return new SettingsFile("built-in defaults", Config.empty());
    }

    static SettingsFile read(Path path) {
        if (!Files.isReadable(path)) {
            throw unreadable(path, "a readable YAML file");
        }
        List<InvalidSettingsException.Problem> repeated = RepeatedKeys.of(path);
        if (!repeated.isEmpty()) {
            throw new InvalidSettingsException(repeated);
        }
        try {
            Config config =
                    Config.builder(ConfigSources.file(path))
                            .disableEnvironmentVariablesSource()
                            .disableSystemPropertiesSource()
                            .disableKeyResolving()
                            .disableValueResolving()
                            .build();
            return new SettingsFile(path.toString(), config);
        } catch (ConfigException e) {
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            throw unreadable(path, "valid YAML: " + oneLine(reason));
        }
    }

    private static String oneLine(Throwable reason) {
        return String.valueOf(reason.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
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

    private static List<String> texts(Config node) {
        if (node.isLeaf()) {
            return node.asString().map(List::of).orElse(List.of());
        }
        return node.asNodeList().orElse(List.of()).stream()
                .map(n -> n.asString().orElse(""))
                .toList();
    }

    private static InvalidSettingsException unreadable(Path path, String allowed) {
        return new InvalidSettingsException(
                List.of(
                        new InvalidSettingsException.Problem(
                                "--config", "file", path.toString(), allowed)));
    }
}
