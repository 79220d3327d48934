package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionFolder;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce.Definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The expectations of a folder, or the shipped ones where there is no folder. Files that did not
 * change are not read again. For one thread at a time.
 */
public final class ExpectationSource {
    private final DefinitionFolder folder;
    private List<Definition> last = List.of();
    private String lastPrint = "";

    public ExpectationSource(Optional<Path> folder) {
        this.folder = new DefinitionFolder(folder, "/expectations/");
    }

    /**
     * Reads all definitions.
     *
     * @throws InvalidExpectationException naming every problem of every file
     */
    public List<Definition> read() {
        String print = fingerprint();
        if (!print.equals(lastPrint)) {
            last = List.copyOf(readAll());
            lastPrint = print;
        }
        return last;
    }

    private List<Definition> readAll() {
        List<Definition> definitions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        folder.texts(problems)
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
    public String fingerprint() {
        return folder.fingerprint();
    }
}
