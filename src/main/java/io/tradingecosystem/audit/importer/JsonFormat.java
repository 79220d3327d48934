package io.tradingecosystem.audit.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.json.JsonParsers;

import java.io.IOException;
import java.io.InputStream;

/** A format in JSON: says where a text ends to be JSON. */
abstract class JsonFormat implements RecordedFormat {
    private static final ObjectReader TREES =
            Json.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public final void read(InputStream in, Items items) throws IOException {
        try (JsonParser json = JsonParsers.of(in)) {
            read(json, items);
            if (json.nextToken() != null) {
                throw new UnreadableFormatException("there is more behind the end of the data");
            }
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new UnreadableFormatException(
                    "not JSON%s: %s"
                            .formatted(
                                    place == null
                                            ? ""
                                            : " at line %d, column %d"
                                                    .formatted(
                                                            place.getLineNr(), place.getColumnNr()),
                                    e.getOriginalMessage()));
        }
    }

    /** Reads from a parser that stands before the text. */
    abstract void read(JsonParser json, Items items) throws IOException;

    /** The value at which a parser stands, as a tree; the parser is at its end then. */
    static JsonNode tree(JsonParser json) throws IOException {
        return TREES.readTree(json);
    }

    static Candidate malformed(String text) {
        return new Candidate.Unreadable("", "", new EventProblem(Reason.MALFORMED, text));
    }
}
