package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.tradingecosystem.audit.definition.SourceNode.Extent;
import io.tradingecosystem.audit.definition.SourceNode.Place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A document of definitions, YAML or JSON, as somebody wrote it. JSON is read as JSON, for YAML
 * takes neither each of its escapes nor tabs, and makes spaces of some line ends. Immutable.
 *
 * @param source its name in problems, such as a file
 * @param text what was written
 */
record DefinitionText(String source, String text) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");
    private static final Pattern UNPRINTABLE =
            Pattern.compile(
                    "[^\\t\\n"
                        + "\\r"
                        + "\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]");

    /** A byte order mark is no part of what is written. */
    DefinitionText {
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** What it says; missing if it is empty, or with a problem noted, neither YAML nor JSON. */
    SourceNode read(Notes notes) {
        return json(notes).orElseGet(() -> yaml(notes));
    }

    private Optional<SourceNode> json(Notes notes) {
        boolean named = source.endsWith(".json");
        if (!named && !isJson()) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(text)) {
            return Optional.of(new DocumentReader(text, parser, notes).read());
        } catch (JsonProcessingException e) {
            return Optional.of(broken("JSON", e, notes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A mapping of YAML in braces is hardly ever JSON by chance, and means the same then. */
    private boolean isJson() {
        try (JsonParser parser = JSON.createParser(text)) {
            boolean mapping = parser.nextToken() == JsonToken.START_OBJECT;
            while (mapping && parser.nextToken() != null) {}
            return mapping;
        } catch (IOException e) {
            return false;
        }
    }

    private SourceNode yaml(Notes notes) {
        try (JsonParser parser = YAML.createParser(text)) {
            return new DocumentReader(text, parser, notes).read();
        } catch (JsonProcessingException e) {
            return broken("YAML", e, notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SourceNode broken(String form, JsonProcessingException e, Notes notes) {
        String message = String.valueOf(e.getOriginalMessage());
        String said =
                message.lines()
                        .filter(line -> !line.startsWith(" "))
                        .collect(Collectors.joining(", "));
        notes.problem(place(e, message), "not valid " + form + ": " + said);
        return SourceNode.MISSING;
    }

    /** The parser of YAML names the place itself, at the end of its message. */
    private Place place(JsonProcessingException e, String message) {
        Matcher unprintable = UNPRINTABLE.matcher(text);
        if (message.contains("special characters") && unprintable.find()) {
            return place(unprintable.start());
        }
        Place place = new Place(1, 1);
        if (e.getLocation() != null) {
            place = new Place(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        }
        for (Matcher named = PLACE.matcher(message); named.find(); ) {
            place = new Place(Integer.parseInt(named.group(1)), Integer.parseInt(named.group(2)));
        }
        return place;
    }

    private Place place(int offset) {
        int line = (int) text.substring(0, offset).chars().filter(each -> each == '\n').count();
        return new Place(line + 1, offset - text.lastIndexOf('\n', offset - 1));
    }

    /** The text of an element of a list, with its own comments and without its indentation. */
    String element(SourceNode element) {
        Extent extent = element.extent();
        return element(extent.start(), extent.end());
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
