package io.tradingecosystem.audit.definition;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a folder with definitions, or the shipped ones where there is no folder. Immutable;
 * the folder may change at any time.
 */
public final class DefinitionFolder {
    private final Optional<Path> folder;
    private final String shipped;

    /**
     * A folder, read when asked.
     *
     * @param folder or a single file; absent means the shipped ones
     * @param shipped where those are in the jar, such as {@code /rules/}; a file {@code
     *     shipped.txt} there lists them
     */
    public DefinitionFolder(Optional<Path> folder, String shipped) {
        this.folder = requireNonNull(folder, "folder is null");
        this.shipped = requireNonNull(shipped, "shipped is null");
    }

    /**
     * The text of each file by its name, in order.
     *
     * @param problems where it is noted that the folder cannot be read
     */
    public Map<String, String> texts(List<String> problems) {
        Map<String, String> texts = new TreeMap<>();
        if (folder.isEmpty()) {
            for (String name : resource(shipped + "shipped.txt").lines().toList()) {
                texts.put("shipped " + shipped.substring(1) + name, resource(shipped + name));
            }
            return texts;
        }
        try {
            for (Path file : files(folder.get())) {
                text(file, problems).ifPresent(text -> texts.put(file.toString(), text));
            }
        } catch (IOException e) {
            problems.add(folder.get() + ": cannot be read: " + e);
        }
        return texts;
    }

    private static Optional<String> text(Path file, List<String> problems) {
        try {
            return Optional.of(Files.readString(file));
        } catch (CharacterCodingException e) {
            problems.add(file + ": is not UTF-8; allowed is YAML or JSON in UTF-8");
        } catch (IOException e) {
            problems.add(file + ": cannot be read: " + e);
        }
        return Optional.empty();
    }

    /** Changes whenever a file of the folder does. */
    public String fingerprint() {
        if (folder.isEmpty()) {
            return "shipped";
        }
        StringBuilder print = new StringBuilder();
        try {
            for (Path file : files(folder.get())) {
                print.append(file.getFileName())
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
            return print.toString();
        } catch (IOException e) {
            return "unreadable " + e;
        }
    }

    static List<Path> files(Path folder) throws IOException {
        if (Files.isRegularFile(folder)) {
            return List.of(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
    }

    private static String resource(String name) {
        try (InputStream in = DefinitionFolder.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
