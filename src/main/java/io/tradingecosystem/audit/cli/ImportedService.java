package io.tradingecosystem.audit.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.EventJsonWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Imported events for a running service, by its usual door, some hundred at a time. */
final class ImportedService implements ImportTarget {
    private static final int BATCH = 500;
    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_ATTEMPTS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI service;
    private final Optional<String> token;
    private final ImportTally tally;
    private final HttpClient client;
    private final List<String> places = new ArrayList<>();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    ImportedService(RunningService service, ImportTally tally) {
        this.service = service.address();
        this.token = service.token();
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        service.tls().ifPresent(builder::sslContext);
        this.client = builder.build();
        this.tally = tally;
    }

    @Override
    public void take(String place, AuditEvent event) throws IOException {
        lines.write(lines.size() == 0 ? '[' : ',');
        lines.write(EventJsonWriter.bytes(event));
        places.add(place);
        if (places.size() == BATCH || lines.size() > MAX_BODY) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        if (!places.isEmpty()) {
            lines.write(']');
            settle(Json.mapper().readTree(send(lines.toByteArray())));
            lines.reset();
            places.clear();
        }
    }

    private void settle(JsonNode answer) throws IOException {
        JsonNode results = answer.path("results");
        if (results.size() != places.size()) {
            throw new IOException("the service did not take the events: " + answer);
        }
        for (int i = 0; i < places.size(); i++) {
            JsonNode result = results.get(i);
            switch (result.path("outcome").asText()) {
                case "STORED" -> tally.taken();
                case "DUPLICATE" -> tally.duplicate();
                default -> tally.refused(places.get(i), said(result));
            }
        }
    }

    private static String said(JsonNode result) {
        return result.path("reason").asText(result.path("outcome").asText())
                + ": "
                + result.path("detail").asText();
    }

    /** The answer; one that is busy is asked again when it says. */
    private byte[] send(byte[] body) throws IOException {
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> answer = exchange(body);
            boolean busy = answer.statusCode() == 429 || answer.statusCode() == 503;
            if (!busy || attempt == MAX_ATTEMPTS) {
                return answer.body();
            }
            pause(answer);
        }
    }

    private HttpResponse<byte[]> exchange(byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve("/api/v1/events"))
                        .header("Content-Type", "application/json")
                        .timeout(PATIENCE)
                        .POST(BodyPublishers.ofByteArray(body));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void pause(HttpResponse<byte[]> answer) throws IOException {
        String after = answer.headers().firstValue("Retry-After").orElse("1");
        try {
            Thread.sleep(
                    Duration.ofSeconds(
                            after.matches("[1-9]|[12]\\d") ? Integer.parseInt(after) : 1));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", e);
    }

    @Override
    public void close() {
        client.close();
    }
}
