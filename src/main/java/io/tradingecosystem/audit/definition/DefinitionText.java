package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A document of definitions, YAML or JSON, as somebody wrote it. Immutable.
 *
 * @param source its name in problems, such as a file
 * @param text what was written
 */
record DefinitionText(String source, String text) {
    private static final ObjectMapper YAML =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .build();

    /** What it says; missing, with a problem noted, if it is neither YAML nor JSON. */
    JsonNode tree(List<String> problems) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            String where = place == null ? "" : ":" + place.getLineNr();
            problems.add(source + where + ": not valid YAML: " + e.getOriginalMessage());
            return MissingNode.getInstance();
        }
    }

    /** The text of each element of a list, with its own comments and without its indentation. */
    List<String> elements(String list) {
        List<String> elements = new ArrayList<>();
        try (YAMLParser parser = (YAMLParser) YAML.createParser(text)) {
            if (enter(parser, list)) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    int start = place(parser.currentTokenLocation().getCharOffset());
                    parser.skipChildren();
                    int end = place(parser.currentLocation().getCharOffset());
                    elements.add(element(start, end));
                }
            }
        } catch (IOException e) {
            // What cannot be parsed has a problem by now, and no definitions.
            return List.of();
        }
        return elements;
    }

    private static boolean enter(YAMLParser parser, String list) throws IOException {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = list.equals(parser.currentName());
            if (parser.nextToken() == JsonToken.START_ARRAY && found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /** The parser counts code points. */
    private int place(long codePoints) {
        return text.offsetByCodePoints(0, (int) codePoints);
    }

    /**
     * The first line gets back the indentation that a dash stood in; the next one's comments go.
     */
    private String element(int start, int end) {
        int line = text.lastIndexOf('\n', start - 1) + 1;
        String whole = " ".repeat(start - line) + text.substring(start, end);
        return whole.replaceAll("(\\s*\\n[ \\t]*(#[^\\n]*)?)+\\s*$", "").stripIndent().strip();
    }
}
