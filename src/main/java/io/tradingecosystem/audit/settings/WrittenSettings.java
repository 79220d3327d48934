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
 * What a YAML file has, as somebody wrote it. Helidon's reader takes {@code 007} for 7, {@code
 * 1.10} for 1.1 and {@code NO} for false, so that a password would not be the one that stands
 * there; and of a key that is there twice, written the same way or once with dots and once below
 * each other, it takes the last and says nothing of the other. For one thread.
 */
final class WrittenSettings {
    private static final YAMLFactory YAML = new YAMLFactory();

    private final Path file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final List<InvalidSettingsException.Problem> problems = new ArrayList<>();

    private WrittenSettings(Path file) {
        this.file = file;
    }

    /** Reads a file; nothing where it is not YAML, which its reader tells. */
    static WrittenSettings of(Path file) {
        WrittenSettings written = new WrittenSettings(file);
        try (YAMLParser parser = YAML.createParser(Files.newBufferedReader(file))) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                written.read(parser, "");
            }
        } catch (IOException e) {
            return new WrittenSettings(file);
        }
        return written;
    }

    /** A problem for each key that is there twice. */
    List<InvalidSettingsException.Problem> repeated() {
        return List.copyOf(problems);
    }

    /** The own text of a value; what the reader has where it stands elsewhere, as by an alias. */
    String text(String key, String read) {
        return texts.getOrDefault(key, read);
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
                value(parser, key);
            }
        }
    }

    private void value(YAMLParser parser, String key) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                value(parser, key + "." + i);
            }
        } else if (token == JsonToken.START_OBJECT) {
            parser.skipChildren();
        } else if (token != JsonToken.VALUE_NULL && !parser.isCurrentAlias()) {
            texts.put(key, parser.getText());
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
