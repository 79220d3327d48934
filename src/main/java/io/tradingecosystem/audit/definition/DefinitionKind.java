package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.event.EventAliases;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * A kind of thing that is defined, such as rules, and how it is read from YAML or JSON. A document
 * is one definition, or has a list of them under the kind's plural. Immutable.
 *
 * @param noun what one is called, such as {@code rule}
 * @param event the type of the events by which one comes into force
 * @param foreign whether there are others than those of files
 * @param max how many files may define
 * @param reader gives what a mapping says, and the version it is given; notes problems in the node
 * @param names under which events are kept; a new definition is recorded in these
 * @param parameters values for what documents name as parameters, instead of those there
 * @param <T> what is defined
 */
public record DefinitionKind<T extends Defined>(
        String noun,
        String event,
        boolean foreign,
        int max,
        BiFunction<DefinitionNode, String, T> reader,
        KeptNames names,
        Map<String, String> parameters) {
    private static final Pattern READABLE = Pattern.compile("[^\\p{Cntrl}]{1,1000}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX = Duration.ofHours(24);
    private static final int VERSION_DIGITS = 12;

    public DefinitionKind {
        parameters = Map.copyOf(parameters);
    }

    /** A kind that is recorded in the names that are known without a setting. */
    public DefinitionKind(
            String noun,
            String event,
            boolean foreign,
            int max,
            BiFunction<DefinitionNode, String, T> reader) {
        this(noun, event, foreign, max, reader, new KeptNames(EventAliases.DEFAULT), Map.of());
    }

    /** The same, recorded in other names. */
    public DefinitionKind<T> named(EventAliases aliases) {
        return new DefinitionKind<>(
                noun, event, foreign, max, reader, new KeptNames(aliases), parameters);
    }

    /** The same with other values for what documents name as parameters. */
    public DefinitionKind<T> with(Map<String, String> others) {
        return new DefinitionKind<>(noun, event, foreign, max, reader, names, others);
    }

    /** What several are called, such as {@code rules}. */
    public String plural() {
        return noun + "s";
    }

    /**
     * Whether a folder, or a file, is meant to have definitions of this kind, by what most of its
     * files look like. One that does not tell may be of any kind.
     */
    public boolean isMeantBy(Path folder) {
        DefinitionFolder read = new DefinitionFolder(Optional.of(folder), "");
        return Misplaced.isMeant(noun, read.texts(new ArrayList<>()));
    }

    /**
     * Reads every definition of a new document, strictly.
     *
     * @param source its name in problems, such as a file
     * @throws InvalidDefinitionException naming every problem
     */
    public List<Definition<T>> read(String source, String text, String origin) {
        List<String> problems = new ArrayList<>();
        DefinitionNode document = DefinitionNode.parse(source, text, problems);
        return read(document, new DefinitionText(source, text), origin);
    }

    /**
     * Reads the definition of a new document that has only one, strictly.
     *
     * @throws InvalidDefinitionException naming every problem
     */
    public Definition<T> readOne(String source, String text, String origin) {
        return only(source, read(source, text, origin));
    }

    /**
     * Reads a definition that the log has. It was good for the version that put it in force, so
     * nothing is asked of it but that it can be understood: limits do not hold, and what is not
     * known is left out.
     *
     * @throws InvalidDefinitionException if it cannot be understood
     */
    public Definition<T> readRecorded(String source, String text, String origin) {
        List<String> problems = new ArrayList<>();
        DefinitionNode document = DefinitionNode.recorded(source, text, problems);
        return only(
                source,
                named(EventAliases.NONE).read(document, new DefinitionText(source, text), origin));
    }

    private List<Definition<T>> read(DefinitionNode document, DefinitionText text, String origin) {
        List<String> problems = document.notes().problems();
        List<Definition<T>> definitions = new ArrayList<>();
        if (problems.isEmpty() || document.tree().isObject()) {
            Misplaced.refuse(text.source(), noun, document.source());
            Parameters named =
                    document.has(plural())
                            ? Parameters.read(document, parameters)
                            : Parameters.NONE;
            for (DefinitionNode each : each(document)) {
                String written =
                        each == document ? text.text().strip() : text.element(each.source());
                Parameters own = named.and(Parameters.read(each, parameters));
                DefinitionNode filled = each.as(own.filled(each));
                definitions.add(definition(filled, own.told(written), origin));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDefinitionException(problems);
        }
        return definitions;
    }

    private List<DefinitionNode> each(DefinitionNode document) {
        if (!document.has(plural())) {
            return mappings(List.of(document));
        }
        List<DefinitionNode> list = document.children(plural());
        document.finish();
        return mappings(list);
    }

    private List<DefinitionNode> mappings(List<DefinitionNode> nodes) {
        List<DefinitionNode> mappings = new ArrayList<>();
        for (DefinitionNode node : nodes) {
            if (node.tree().isObject()) {
                mappings.add(node);
            } else {
                node.problem(
                        "",
                        "is not a mapping",
                        "a mapping that is one %s, or has a list %s".formatted(noun, plural()));
            }
        }
        return mappings;
    }

    private Definition<T> only(String source, List<Definition<T>> definitions) {
        if (definitions.size() != 1) {
            throw new InvalidDefinitionException(
                    List.of(
                            "%s: has %d %s, not one"
                                    .formatted(source, definitions.size(), plural())));
        }
        return definitions.getFirst();
    }

    /** The same definition has the same version, whether it was written as YAML or JSON. */
    private Definition<T> definition(DefinitionNode node, String written, String origin) {
        String text = names.in(node.tree()).toString();
        String version = Digest.hex(VERSION_DIGITS, text);
        T content = reader.apply(node.definition(noun), version);
        if (!text.equals(node.tree().toString())) {
            content = reader.apply(DefinitionNode.recorded("", text, new ArrayList<>()), version);
        }
        String place = node.notes().source() + ":" + node.source().place().line();
        List<String> warnings = node.notes().takeWarnings();
        return new Definition<>(content, text, written, origin, "", place, warnings);
    }

    /** What a document names as parameters. */
    Set<String> parametersOf(String source, String text) {
        SourceNode document = DefinitionNode.recorded(source, text, new ArrayList<>()).source();
        Set<String> names = new TreeSet<>(Parameters.names(document));
        document.member(plural()).elements().forEach(each -> names.addAll(Parameters.names(each)));
        return names;
    }

    /** The name of a definition or of a part of one, which must be there. */
    public static String name(DefinitionNode node) {
        String name = node.text("name");
        String allowed = "at most 100 of a-z, 0-9, dot and dash";
        if (node.has("name") && !READABLE.matcher(name).matches()) {
            node.problem("name", "is " + name, allowed);
        } else if (node.has("name") && !NAME.matcher(name).matches()) {
            node.limit("name", "is " + name, allowed);
        }
        return name;
    }

    /** The duration {@code within}, from a millisecond to a day, which must be there. */
    public static Duration within(DefinitionNode node) {
        return node.duration("within", MIN, MAX);
    }

    /** A duration of at most {@code max} that must be there. */
    public static Duration within(DefinitionNode node, String name, Duration max) {
        return node.duration(name, MIN, max);
    }
}
