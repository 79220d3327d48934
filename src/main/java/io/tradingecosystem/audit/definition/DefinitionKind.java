package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.common.Digest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * @param <T> what is defined
 */
public record DefinitionKind<T extends Defined>(
        String noun,
        String event,
        boolean foreign,
        int max,
        BiFunction<DefinitionNode, String, T> reader) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX = Duration.ofHours(24);
    private static final int VERSION_DIGITS = 12;

    /** What several are called, such as {@code rules}. */
    public String plural() {
        return noun + "s";
    }

    /**
     * Reads every definition of a document.
     *
     * @param source its name in problems, such as a file
     * @throws InvalidDefinitionException naming every problem
     */
    public List<Definition<T>> read(String source, String text, String origin) {
        List<String> problems = new ArrayList<>();
        DefinitionNode document = DefinitionNode.parse(source, text, problems);
        List<Definition<T>> definitions = new ArrayList<>();
        if (problems.isEmpty() && document.has(plural())) {
            for (DefinitionNode node : document.children(plural())) {
                definitions.add(definition(node, origin));
            }
            document.finish();
        } else if (problems.isEmpty()) {
            definitions.add(definition(document, origin));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDefinitionException(problems);
        }
        return definitions;
    }

    /**
     * Reads the definition of a document that has only one.
     *
     * @throws InvalidDefinitionException naming every problem
     */
    public Definition<T> readOne(String source, String text, String origin) {
        List<Definition<T>> definitions = read(source, text, origin);
        if (definitions.size() != 1) {
            throw new InvalidDefinitionException(
                    List.of(
                            "%s: has %d %s, not one"
                                    .formatted(source, definitions.size(), plural())));
        }
        return definitions.getFirst();
    }

    /** The same definition has the same version, whether it was written as YAML or JSON. */
    private Definition<T> definition(DefinitionNode node, String origin) {
        String text = node.tree().toString();
        T content = reader.apply(node, Digest.hex(VERSION_DIGITS, text));
        return new Definition<>(content, text, origin, "");
    }

    /** The name of a definition or of a part of one, which must be there. */
    public static String name(DefinitionNode node) {
        String name = node.text("name");
        if (node.has("name") && !NAME.matcher(name).matches()) {
            node.problem("name", "is " + name, "at most 100 of a-z, 0-9, dot and dash");
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
