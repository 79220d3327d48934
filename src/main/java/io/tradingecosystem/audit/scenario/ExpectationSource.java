package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.Definitions.Definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The expectations of a folder, or the shipped ones where there is no folder. */
final class ExpectationSource {
    private static final String SHIPPED = "/expectations/";
    private static final String LIST = SHIPPED + "shipped.txt";

    private final Optional<Path> folder;

    ExpectationSource(Optional<Path> folder) {
        this.folder = folder;
    }

    /**
     * Reads all definitions.
     *
     * @throws InvalidExpectationException naming every problem of every file
     */
    List<Definition> read() {
        List<Definition> definitions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        texts(problems)
                .forEach(
                        (source, text) -> {
                            try {
                                for (Definition each :
                                        ExpectationReader.read(source, text, "file")) {
                                    String name = each.expectation().name();
                                    String other = places.putIfAbsent(name, source);
                                    if (other != null) {
                                        problems.add(
                                                source + ": " + name + " is defined in " + other);
                                    }
                                    definitions.add(each);
                                }
                            } catch (InvalidExpectationException e) {
                                problems.addAll(e.problems());
                            }
                        });
        if (!problems.isEmpty()) {
            throw new InvalidExpectationException(problems);
        }
        return definitions;
    }

    /** Changes whenever a file of the folder does. */
    String fingerprint() {
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

    private Map<String, String> texts(List<String> problems) {
        Map<String, String> texts = new TreeMap<>();
        if (folder.isEmpty()) {
            for (String name : resource(LIST).lines().toList()) {
                texts.put(name, resource(SHIPPED + name));
            }
            return texts;
        }
        try {
            for (Path file : files(folder.get())) {
                texts.put(file.toString(), Files.readString(file));
            }
        } catch (IOException e) {
            problems.add(folder.get() + ": cannot be read: " + e);
        }
        return texts;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
    }

    private static String resource(String name) {
        try (InputStream in = ExpectationSource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
