package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a document, with the place where somebody wrote it. Immutable, apart from the tree.
 *
 * @param value what it is
 * @param place where its key stands, or it itself where it has none
 * @param extent its own first and last characters
 * @param scalar how it is written where it is neither a mapping nor a list
 * @param members of a mapping, by name, in order
 * @param elements of a list
 */
record SourceNode(
        JsonNode value,
        Place place,
        Extent extent,
        Scalar scalar,
        Map<String, SourceNode> members,
        List<SourceNode> elements) {

    /** What is not there. */
    static final SourceNode MISSING =
            new SourceNode(
                    MissingNode.getInstance(),
                    new Place(1, 1),
                    new Extent(0, 0),
                    Scalar.NONE,
                    Map.of(),
                    List.of());

    /** A line and a column, both from one. */
    record Place(int line, int column) {
        boolean isBefore(Place other) {
            return line < other.line || (line == other.line && column < other.column);
        }

        @Override
        public String toString() {
            return line + ":" + column;
        }
    }

    /** From a character of the text to before another. */
    record Extent(int start, int end) {}

    /** A member; {@link #MISSING} if there is none. */
    SourceNode member(String name) {
        return members.getOrDefault(name, MISSING);
    }

    /** A mapping without a member. */
    SourceNode without(String name) {
        if (!members.containsKey(name)) {
            return this;
        }
        ObjectNode tree = value.deepCopy();
        tree.remove(name);
        Map<String, SourceNode> others = new LinkedHashMap<>(members);
        others.remove(name);
        return new SourceNode(tree, place, extent, scalar, others, elements);
    }

    /** What is missing in here, as if it stood here. */
    SourceNode absent() {
        return new SourceNode(
                MissingNode.getInstance(), place, extent, Scalar.NONE, Map.of(), List.of());
    }

    boolean isMissing() {
        return value.isMissingNode();
    }
}
