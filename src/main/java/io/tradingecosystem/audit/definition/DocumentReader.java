package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import io.tradingecosystem.audit.definition.SourceNode.Extent;
import io.tradingecosystem.audit.definition.SourceNode.Place;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks through the tokens of one document, YAML or JSON, and keeps where each value stands. What
 * would be read as something else than somebody sees is refused: a key that comes twice, a second
 * document, and of YAML tags, aliases and merge keys. For one thread.
 */
final class DocumentReader {
    private final String text;
    private final JsonParser parser;
    private final Notes notes;
    private int lastIndex;
    private int lastCount;

    /**
     * A reader that has read nothing.
     *
     * @param parser of {@code text}
     */
    DocumentReader(String text, JsonParser parser, Notes notes) {
        this.text = text;
        this.parser = parser;
        this.notes = notes;
    }

    /**
     * What the document says; missing if it is empty.
     *
     * @throws IOException if it is neither YAML nor JSON
     */
    SourceNode read() throws IOException {
        if (parser.nextToken() == null) {
            return SourceNode.MISSING;
        }
        SourceNode root = value(place());
        if (parser.nextToken() != null) {
            problem(
                    place(),
                    "a second document begins",
                    "one document; several definitions stand in one list");
        }
        return root;
    }

    private SourceNode value(Place place) throws IOException {
        refuseShorthands(place);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(place);
        }
        return token == JsonToken.START_ARRAY ? list(place) : scalar(place);
    }

    private SourceNode mapping(Place place) throws IOException {
        int start = start();
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        Map<String, SourceNode> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Place key = place();
            refuseMerge(name, key);
            parser.nextToken();
            SourceNode member = value(key);
            SourceNode before = members.putIfAbsent(name, member);
            if (before == null) {
                tree.set(name, member.value());
            } else {
                problem(key, name + " is there twice", "once, as on line " + before.place().line());
            }
        }
        return new SourceNode(tree, place, extent(start), Scalar.NONE, members, List.of());
    }

    private SourceNode list(Place place) throws IOException {
        int start = start();
        ArrayNode tree = JsonNodeFactory.instance.arrayNode();
        List<SourceNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            SourceNode element = value(place());
            elements.add(element);
            tree.add(element.value());
        }
        return new SourceNode(tree, place, extent(start), Scalar.NONE, Map.of(), elements);
    }

    private SourceNode scalar(Place place) throws IOException {
        Scalar scalar = written();
        return new SourceNode(scalar.value(), place, extent(start()), scalar, Map.of(), List.of());
    }

    private Scalar written() throws IOException {
        String written = parser.getText();
        if (parser instanceof YAMLParser) {
            return isQuoted() ? Scalar.quoted(written) : Scalar.plain(written);
        }
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? Scalar.quoted(written)
                : Scalar.json(written);
    }

    /** The parser tells a word in quotes from one without only where it reads them differently. */
    private boolean isQuoted() {
        int start = start();
        return start < text.length() && "'\"|>".indexOf(text.charAt(start)) >= 0;
    }

    private void refuseShorthands(Place place) throws IOException {
        if (!(parser instanceof YAMLParser yaml)) {
            return;
        }
        if (yaml.isCurrentAlias()) {
            problem(place, "is the alias *" + yaml.getText(), "the value itself");
        }
        if (yaml.getTypeId() != null) {
            problem(place, "has the tag " + yaml.getTypeId(), "the value alone, or in quotes");
        }
    }

    private void refuseMerge(String name, Place place) {
        if (name.equals("<<")) {
            problem(place, "merges another mapping in (<<)", "its members themselves");
        }
    }

    private void problem(Place place, String what, String allowed) {
        notes.problem(place, what + "; allowed is " + allowed);
    }

    private Place place() {
        JsonLocation at = parser.currentTokenLocation();
        return new Place(at.getLineNr(), at.getColumnNr());
    }

    private int start() {
        return index(parser.currentTokenLocation());
    }

    private Extent extent(int start) {
        return new Extent(start, index(parser.currentLocation()));
    }

    /** The parser of YAML counts code points, the one of JSON characters. */
    private int index(JsonLocation location) {
        int count = (int) location.getCharOffset();
        if (!(parser instanceof YAMLParser)) {
            return count;
        }
        lastIndex = text.offsetByCodePoints(lastIndex, count - lastCount);
        lastCount = count;
        return lastIndex;
    }
}
