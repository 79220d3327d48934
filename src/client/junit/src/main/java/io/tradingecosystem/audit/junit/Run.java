package io.tradingecosystem.audit.junit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One test as a run, safe for use by several threads.
 *
 * @param id what everything that the test causes sends as {@code scenario_id}
 * @param correlator its address over HTTP, such as {@code http://localhost:8083}
 */
public record Run(String id, URI correlator) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Records events in JSON, an object or an array; when this returns, they are on disk.
     *
     * @throws IllegalStateException if not all are
     */
    public void record(String events) {
        HttpRequest.Builder request = request("/api/v1/events");
        answer(request.POST(BodyPublishers.ofString(events)).build(), 201);
    }

    /** Where people see this run. */
    public URI timeline() {
        return correlator.resolve("/?view=timeline&run=" + encoded(id));
    }

    /** What is there; the status and text of an answer other than 200 is an exception's message. */
    JsonNode get(String path) {
        return answer(request(path).build(), 200);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(correlator.resolve(path));
        EmbeddedCorrelator.setting("token")
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.timeout(PATIENCE).header("Content-Type", "application/json");
    }

    private static JsonNode answer(HttpRequest request, int wanted) {
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != wanted) {
                String said = request.uri() + " answered " + answer.statusCode() + ": ";
                throw new IllegalStateException(said + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + request.uri(), e);
        }
    }
}
