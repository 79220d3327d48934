package io.tradingecosystem.audit.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.common.Backoff;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.EventJsonWriter;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;

/** The running service, as any client meets it: over HTTP. */
final class ServiceClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(4);
    private static final int MAX_ATTEMPTS = 5;
    private static final int MAX_DRAWN = 200;

    private final URI service;
    private final Optional<String> token;
    private final HttpClient client;

    /**
     * @param token what it says of itself
     * @param tls whom it trusts with https; absent for those of the JVM
     */
    ServiceClient(URI service, Optional<String> token, Optional<SSLContext> tls) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.service = service;
        this.token = token;
    }

    /**
     * Sends events and returns when they are stored.
     *
     * @throws IOException if the service cannot be reached or does not take them
     */
    void send(List<AuditEvent> events) throws IOException, InterruptedException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (AuditEvent event : events) {
            lines.writeBytes(EventJsonWriter.bytes(event));
            lines.write('\n');
        }
        HttpRequest request =
                request("/api/v1/events")
                        .header("Content-Type", "application/x-ndjson")
                        .timeout(PATIENCE)
                        .POST(BodyPublishers.ofByteArray(lines.toByteArray()))
                        .build();
        HttpResponse<String> response = exchange(request);
        Backoff backoff = new Backoff(FIRST_RETRY, LAST_RETRY);
        for (int attempt = 1; response.statusCode() == 429 && attempt < MAX_ATTEMPTS; attempt++) {
            Thread.sleep(backoff.afterFailure());
            response = exchange(request);
        }
        // 207 says that a part was not taken.
        if (response.statusCode() / 100 != 2 || response.statusCode() == 207) {
            throw new IOException("the service did not take the events: " + response.body());
        }
    }

    /** The verdicts of a chaos run as they stand now, the first trigger first. */
    List<Verdict> verdicts(String scenarioId) throws IOException, InterruptedException {
        String id = URLEncoder.encode(scenarioId, StandardCharsets.UTF_8);
        String answer = get("/api/v1/verdicts?limit=1000&scenario_id=" + id, "application/json");
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonNode node : JSON.readTree(answer).required("verdicts")) {
            verdicts.add(VerdictJson.read(node));
        }
        return verdicts.reversed();
    }

    /** The timeline of a chaos run, drawn by the service. */
    String timeline(String scenarioId) throws IOException, InterruptedException {
        String id = URLEncoder.encode(scenarioId, StandardCharsets.UTF_8);
        return get("/api/v1/timelines?limit=" + MAX_DRAWN + "&scenario_id=" + id, "text/plain");
    }

    /** What an event brought about, as far as is known now. */
    Chain chain(String eventId) throws IOException, InterruptedException {
        String id = URLEncoder.encode(eventId, StandardCharsets.UTF_8).replace("+", "%20");
        return Chain.read(
                JSON.readTree(
                        get(
                                "/api/v1/events/" + id + "/chain?direction=effects",
                                "application/json")));
    }

    private String get(String path, String type) throws IOException, InterruptedException {
        HttpResponse<String> response =
                exchange(request(path).header("Accept", type).timeout(PATIENCE).build());
        if (response.statusCode() != 200) {
            throw new IOException("the service does not answer " + path + ": " + response.body());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request;
    }

    private HttpResponse<String> exchange(HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
    }
}
