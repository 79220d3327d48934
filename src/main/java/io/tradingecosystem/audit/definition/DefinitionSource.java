package io.tradingecosystem.audit.definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The definitions of a folder, or the shipped ones where there is no folder. Files that did not
 * change are not read again. For one thread at a time.
 *
 * @param <T> what is defined
 */
public final class DefinitionSource<T extends Defined> {
    private final DefinitionKind<T> kind;
    private final DefinitionFolder folder;
    private List<Definition<T>> last = List.of();
    private List<String> setAside = List.of();
    private String lastPrint = "";

    /**
     * A source that has not been read.
     *
     * @param folder absent means the shipped ones, which are in the jar under the kind's plural
     */
    public DefinitionSource(DefinitionKind<T> kind, Optional<Path> folder) {
        this.kind = kind;
        this.folder = new DefinitionFolder(folder, "/" + kind.plural() + "/");
    }

    /**
     * Reads all definitions. Files that have none of the kind, such as empty ones, are {@linkplain
     * #setAside set aside}.
     *
     * @throws InvalidDefinitionException naming every problem of every file, first those of files
     *     that are set aside
     */
    public List<Definition<T>> read() {
        String print = fingerprint();
        if (!print.equals(lastPrint)) {
            last = List.copyOf(readAll());
            lastPrint = print;
        }
        return last;
    }

    /** What is wrong with each file that was set aside when it was last read. */
    public List<String> setAside() {
        return setAside;
    }

    /** Changes whenever a file of the folder does. */
    public String fingerprint() {
        return folder.fingerprint();
    }

    private List<Definition<T>> readAll() {
        List<Definition<T>> definitions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> aside = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        folder.texts(problems)
                .forEach(
                        (source, text) -> {
                            for (Definition<T> each : read(source, text, problems, aside)) {
                                String other = places.putIfAbsent(each.name(), each.place());
                                if (other != null) {
                                    problems.add(twice(each, other));
                                }
                                definitions.add(each);
                            }
                        });
        if (definitions.size() > kind.max()) {
            problems.add(
                    "there are %d %s; allowed are %d"
                            .formatted(definitions.size(), kind.plural(), kind.max()));
        }
        setAside = List.copyOf(aside);
        problems.addAll(unknown());
        if (!problems.isEmpty()) {
            problems.addAll(0, aside);
            throw new InvalidDefinitionException(problems);
        }
        return definitions;
    }

    /** Parameters with a value that no file names. */
    private List<String> unknown() {
        Set<String> unknown = new TreeSet<>(kind.parameters().keySet());
        folder.texts(new ArrayList<>())
                .forEach((source, text) -> unknown.removeAll(kind.parametersOf(source, text)));
        return unknown.stream()
                .map(
                        name ->
                                "no file names the parameter %s; allowed is what stands in parameters"
                                        .formatted(name))
                .toList();
    }

    private String twice(Definition<T> definition, String other) {
        return "%s: %s %s is defined in %s too; allowed is a name of its own for each"
                .formatted(definition.place(), kind.noun(), definition.name(), other);
    }

    private List<Definition<T>> read(
            String source, String text, List<String> problems, List<String> aside) {
        try {
            return kind.read(source, text, Definition.FILE);
        } catch (InvalidDefinitionException e) {
            (e.isSetAside() ? aside : problems).addAll(e.problems());
            return List.of();
        }
    }
}
