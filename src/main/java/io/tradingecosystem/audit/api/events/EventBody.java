package io.tradingecosystem.audit.api.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.json.EventJsonReader;
import io.tradingecosystem.audit.event.json.JsonParsers;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON body as candidates: one object, an array of them, or several one after the other.
 *
 * @param candidates what stands in it
 * @param single whether it is one object and nothing else
 */
record EventBody(List<Candidate> candidates, boolean single) {

    /**
     * Reads a body to its end.
     *
     * @throws JsonProcessingException if it is not JSON
     */
    static EventBody read(InputStream in) throws JsonProcessingException {
        EventJsonReader reader = new EventJsonReader();
        List<Candidate> candidates = new ArrayList<>();
        boolean single = true;
        try (JsonParser json = JsonParsers.of(in)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    single = false;
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        candidates.add(candidate(json, reader));
                    }
                } else {
                    candidates.add(candidate(json, reader));
                }
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (candidates.isEmpty() && single) {
            throw new ProblemException(
                    Problem.of(Kind.INVALID, "The body is empty; an event is expected here."));
        }
        return new EventBody(candidates, single && candidates.size() == 1);
    }

    private static Candidate candidate(JsonParser json, EventJsonReader reader) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return reader.read(json);
        }
        json.skipChildren();
        return malformed("an event is a JSON object, and this is none");
    }

    static Candidate malformed(String text) {
        return new Candidate.Unreadable("", "", new EventProblem(Reason.MALFORMED, text));
    }
}
