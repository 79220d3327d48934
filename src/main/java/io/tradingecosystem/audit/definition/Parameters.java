package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that a document with a list of definitions names beside it, or a definition among its
 * members, for use as {@code ${name}} wherever definitions have a value: alone it is the value,
 * within a text its text. What is recorded has the values, so that the same name may have another
 * value in another place. For one document, or one definition.
 */
final class Parameters {
    static final String MEMBER = "parameters";

    private static final int MAX = 50;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");
    private static final Pattern USE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_-]{0,99})}");

    /** Of a document that names none. */
    static final Parameters NONE = new Parameters(Map.of());

    private final Map<String, SourceNode> values;
    private final Set<String> used = new LinkedHashSet<>();

    private Parameters(Map<String, SourceNode> values) {
        this.values = values;
    }

    /**
     * Reads what a document names.
     *
     * @param given values for names that stand in the document, instead of those there
     */
    static Parameters read(DefinitionNode document, Map<String, String> given) {
        Map<String, SourceNode> values = new LinkedHashMap<>();
        document.optionalChild(MEMBER).ifPresent(node -> read(node, given, values));
        if (values.size() > MAX) {
            document.limit(MEMBER, "has " + values.size() + " entries", "at most " + MAX);
        }
        return new Parameters(values);
    }

    private static void read(
            DefinitionNode node, Map<String, String> given, Map<String, SourceNode> values) {
        for (String name : node.names()) {
            SourceNode value = node.source().member(name);
            if (!NAME.matcher(name).matches()) {
                node.problem(name, "is no name", "letters, digits, _ and -");
            }
            if (!value.value().isValueNode()) {
                node.problem(name, "is not one value", "a text, a number, true or false");
            }
            values.put(
                    name,
                    given.containsKey(name)
                            ? written(value, Scalar.plain(given.get(name)))
                            : value);
        }
    }

    /** What a document, or a definition, names. */
    static Set<String> names(SourceNode node) {
        return node.member(MEMBER).members().keySet();
    }

    /** These, and others that hold where both have a name. */
    Parameters and(Parameters others) {
        Map<String, SourceNode> both = new LinkedHashMap<>(values);
        both.putAll(others.values);
        return new Parameters(both);
    }

    /** A definition with the values instead of the names, and without what names them. */
    SourceNode filled(DefinitionNode definition) {
        for (String variable : definition.source().member("let").members().keySet()) {
            if (values.containsKey(variable)) {
                definition.problem(
                        "let", variable + " is a parameter, too", "a name of its own for each");
            }
        }
        SourceNode body = definition.source().without(MEMBER);
        return values.isEmpty() ? body : filled(body);
    }

    /** A text as somebody wrote it, behind the values that were used in it since the last one. */
    String told(String written) {
        String comments = written.startsWith("{") ? "" : comments();
        used.clear();
        return comments + written;
    }

    private String comments() {
        StringBuilder comments = new StringBuilder();
        used.forEach(
                name ->
                        comments.append("# ")
                                .append(name)
                                .append(": ")
                                .append(value(name).scalar().text())
                                .append('\n'));
        return comments.toString();
    }

    private SourceNode filled(SourceNode node) {
        if (node.value().isObject()) {
            return mapping(node);
        }
        return node.value().isArray() ? list(node) : scalar(node);
    }

    private SourceNode mapping(SourceNode node) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        Map<String, SourceNode> members = new LinkedHashMap<>();
        node.members()
                .forEach(
                        (name, member) -> {
                            SourceNode filled = filled(member);
                            members.put(name, filled);
                            tree.set(name, filled.value());
                        });
        return new SourceNode(tree, node.place(), node.extent(), Scalar.NONE, members, List.of());
    }

    private SourceNode list(SourceNode node) {
        ArrayNode tree = JsonNodeFactory.instance.arrayNode();
        List<SourceNode> elements = new ArrayList<>();
        for (SourceNode element : node.elements()) {
            SourceNode filled = filled(element);
            elements.add(filled);
            tree.add(filled.value());
        }
        return new SourceNode(tree, node.place(), node.extent(), Scalar.NONE, Map.of(), elements);
    }

    private SourceNode scalar(SourceNode node) {
        JsonNode value = node.value();
        Matcher use = USE.matcher(value.isTextual() ? value.textValue() : "");
        if (use.matches() && values.containsKey(use.group(1))) {
            used.add(use.group(1));
            return written(node, value(use.group(1)).scalar());
        }
        String text = use.reset().replaceAll(each -> Matcher.quoteReplacement(text(each.group())));
        return text.equals(value.asText("")) || !value.isTextual()
                ? node
                : written(node, Scalar.quoted(text));
    }

    private String text(String use) {
        String name = use.substring(2, use.length() - 1);
        if (!values.containsKey(name)) {
            return use;
        }
        used.add(name);
        return value(name).scalar().text();
    }

    private SourceNode value(String name) {
        return values.getOrDefault(name, SourceNode.MISSING);
    }

    private static SourceNode written(SourceNode node, Scalar scalar) {
        return new SourceNode(
                scalar.value(), node.place(), node.extent(), scalar, Map.of(), List.of());
    }
}
