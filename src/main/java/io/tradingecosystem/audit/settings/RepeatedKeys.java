package io.tradingecosystem.audit.settings;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys that a YAML file has twice, written the same way or once with dots and once below each
 * other. Helidon's reader takes the last one and says nothing of the other. For one thread.
 */
final class RepeatedKeys {
    private static final YAMLFactory YAML = new YAMLFactory();

    private final Path file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<InvalidSettingsException.Problem> problems = new ArrayList<>();

    private RepeatedKeys(Path file) {
        this.file = file;
    }

    /** A problem for each; none where the file is not YAML, which its reader tells. */
    static List<InvalidSettingsException.Problem> of(Path file) {
        RepeatedKeys keys = new RepeatedKeys(file);
        try (YAMLParser parser = YAML.createParser(Files.newBufferedReader(file))) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                keys.read(parser, "");
            }
        } catch (IOException e) {
            return List.of();
        }
        return List.copyOf(keys.problems);
    }

    private void read(YAMLParser parser, String prefix) throws IOException {
        Set<String> siblings = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            boolean section = parser.nextToken() == JsonToken.START_OBJECT;
            note(key, parser.getText(), line, !siblings.add(key) || !section);
            if (section) {
                read(parser, key + ".");
            } else {
                parser.skipChildren();
            }
        }
    }

    /** A section may be written in parts, once with dots and once without. */
    private void note(String key, String value, int line, boolean once) {
        Integer before = lines.putIfAbsent(key, line);
        if (before != null && once) {
            String text = value.equals("{") || value.equals("[") ? "" : value;
            problems.add(
                    new InvalidSettingsException.Problem(
                            file + ":" + line,
                            key,
                            text,
                            "line " + before + " has this key already"));
        }
    }
}
