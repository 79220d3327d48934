package io.tradingecosystem.audit.pipeline;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

/** A running service, over HTTP. Redirects are not followed. Thread-safe. */
public final class ServiceApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final URI service;
    private final Optional<String> token;
    private final HttpClient client;

    /**
     * A service at an address.
     *
     * @param token what we say of ourselves
     * @param tls whom we trust; absent for those of the JVM
     */
    public ServiceApi(URI service, Optional<String> token, Optional<SSLContext> tls) {
        this.service = service;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** Where it is. */
    public URI address() {
        return service;
    }

    /**
     * Asks.
     *
     * @param patience how long for the whole answer
     * @throws RefusedException if the service does not want the question
     * @throws AwayException if it is not there, or not now
     */
    public JsonNode get(String path, Duration patience) throws InterruptedException {
        return json(text(path, "application/json", patience));
    }

    /** The same for an answer in another form. */
    public String text(String path, String type, Duration patience) throws InterruptedException {
        return exchange(request(path).header("Accept", type).build(), patience);
    }

    /** Sends JSON; the same is thrown. */
    public JsonNode post(String path, String body, Duration patience) throws InterruptedException {
        return json(
                exchange(
                        request(path)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        patience));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request;
    }

    private String exchange(HttpRequest request, Duration patience) throws InterruptedException {
        var sent = client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            return taken(sent.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new AwayException("no answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new AwayException(explained(requireNonNullElse(e.getCause(), e)), e);
        }
    }

    private String explained(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException
                ? "no service answers at " + service
                : String.valueOf(failure);
    }

    private static String taken(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status / 100 == 2 && status != 207) {
            return response.body();
        }
        String what = "%d: %s".formatted(status, detail(response.body()));
        if (status == 429 || status / 100 == 5) {
            throw new AwayException(what, new IOException(what));
        }
        throw new RefusedException(what);
    }

    private static String detail(String body) {
        try {
            return JSON.readTree(body).path("detail").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RefusedException("what answers is no audit correlator: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
