package io.tradingecosystem.audit.api.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.server.http.ProblemForm;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Routes whose answers have Jaeger's form: {@code
 * {"data":…,"total":0,"limit":0,"offset":0,"errors":null}}, also where they fail.
 */
interface JaegerForm extends HttpService, ProblemForm {
    @Override
    default void send(ServerRequest request, ServerResponse response, Problem problem) {
        response.status(Status.create(problem.kind().httpStatus(), problem.kind().title()));
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        problem.retryAfterSeconds()
                .ifPresent(after -> response.header(HeaderNames.RETRY_AFTER, after));
        response.send(Json.line(failure(problem)));
    }

    private static Map<String, Object> failure(Problem problem) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", null);
        answer.put("total", 0);
        answer.put("limit", 0);
        answer.put("offset", 0);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", problem.kind().httpStatus());
        error.put("msg", problem.detail());
        answer.put("errors", List.of(error));
        return answer;
    }

    /** Answers with what is written into the array {@code data}. */
    static void answer(
            ServerResponse response, int total, Answers.Document<JsonGenerator> document) {
        answer(response, total, document, List.of());
    }

    /**
     * The same, with an error for each trace that was asked for and is not there.
     *
     * @param missing the ids of these traces, once the data are written
     */
    static void answer(
            ServerResponse response,
            int total,
            Answers.Document<JsonGenerator> document,
            List<String> missing) {
        Answers.json(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("data");
                    document.write(json);
                    json.writeEndArray();
                    writeRest(total, missing, json);
                    json.writeEndObject();
                });
    }

    /** Answers with names. */
    static void answer(ServerResponse response, String... names) {
        answer(
                response,
                names.length,
                json -> {
                    for (String name : Arrays.asList(names)) {
                        json.writeString(name);
                    }
                });
    }

    private static void writeRest(int total, List<String> missing, JsonGenerator json)
            throws IOException {
        json.writeNumberField("total", total);
        json.writeNumberField("limit", 0);
        json.writeNumberField("offset", 0);
        if (missing.isEmpty()) {
            json.writeNullField("errors");
            return;
        }
        json.writeArrayFieldStart("errors");
        for (String traceId : missing) {
            json.writeStartObject();
            json.writeNumberField("code", Problem.Kind.NOT_FOUND.httpStatus());
            json.writeStringField("msg", "trace not found");
            json.writeStringField("traceID", traceId);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
