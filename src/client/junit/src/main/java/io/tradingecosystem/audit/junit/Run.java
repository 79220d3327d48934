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
import java.util.Locale;
import java.util.Optional;

/**
 * One test as a run, safe for use by several threads.
 *
 * @param id what everything that the test causes sends as {@code scenario_id}
 * @param correlator its address over HTTP, such as {@code http://localhost:8083}
 */
public record Run(String id, URI correlator) {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_PAUSE_SECONDS = 10;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /**
     * Records events in JSON, an object or an array; when this returns, they are on disk.
     *
     * @throws IllegalStateException if not all are
     */
    public void record(String events) {
        ask(request("/api/v1/events").POST(BodyPublishers.ofString(events)).build(), 201);
    }

    /** Where people see this run. */
    public URI timeline() {
        return correlator.resolve("/?view=timeline&run=" + encoded(id));
    }

    JsonNode get(String path) {
        return ask(request(path).build(), 200);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static Optional<String> setting(String name) {
        String variable = "AUDIT_CORRELATOR_" + name.toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getProperty("audit.correlator." + name))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(correlator.resolve(path));
        setting("token").ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json");
    }

    /** One that is busy is asked again when it says, or soon, a few times. */
    private static JsonNode ask(HttpRequest request, int wanted) {
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            for (int i = 0; i < 6 && answer.statusCode() == 429; i++) {
                long told = answer.headers().firstValueAsLong("Retry-After").orElse(1);
                Thread.sleep(1000 * Math.max(0, Math.min(told, MAX_PAUSE_SECONDS)));
                answer = HTTP.send(request, BodyHandlers.ofString());
            }
            if (answer.statusCode() == wanted) {
                return JSON.readTree(answer.body());
            }
            String said = " answered " + answer.statusCode() + ": " + answer.body();
            throw new IllegalStateException(request.uri() + said);
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + request.uri(), e);
        }
    }
}
