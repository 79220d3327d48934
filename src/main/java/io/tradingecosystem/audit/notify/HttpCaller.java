package io.tradingecosystem.audit.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.common.PrintableText;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Makes attempts over HTTP/1.1 with the client of the JDK: connections are kept, redirects are not
 * followed, no proxy is asked, and of an answer's body no more is read than people are shown. The
 * time of an attempt covers all of it, so that a receiver that trickles holds nothing up.
 */
public final class HttpCaller implements WebhookCaller {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MAX_SHOWN = 200;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    private HttpCaller(Optional<SSLContext> tls) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .followRedirects(Redirect.NEVER)
                        .executor(threads);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * A caller with connections of its own.
     *
     * @param tls whom to trust and who we are; absent means those that Java trusts, and nobody
     */
    public static HttpCaller create(Optional<SSLContext> tls) {
        return new HttpCaller(tls);
    }

    @Override
    public Answer call(Request request) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(http(request), answer -> new FirstBytes(MAX_SHOWN));
        try {
            return answer(sent.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return none("no whole answer within " + Durations.format(request.timeout()));
        } catch (ExecutionException e) {
            return none(reason(Objects.requireNonNullElse(e.getCause(), e)));
        } finally {
            sent.cancel(true);
        }
    }

    private static HttpRequest http(Request request) {
        HttpRequest.Builder http =
                HttpRequest.newBuilder(request.url()).POST(BodyPublishers.ofString(request.body()));
        request.headers().forEach(http::header);
        return http.build();
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer.Status(
                response.statusCode(),
                response.headers().firstValue("retry-after"),
                new String(response.body(), UTF_8));
    }

    private static Answer none(String reason) {
        return new Answer.None(reason);
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException e ->
                    "no connection within " + Durations.format(CONNECT);
            case ConnectException e -> isUnknown(e) ? "unknown host" : "connection refused";
            case SSLException e -> "TLS: " + text(e);
            case IOException e -> "connection lost: " + text(e);
            default -> "no proper HTTP: " + text(cause);
        };
    }

    /** The JDK wraps it, once or twice. */
    private static boolean isUnknown(ConnectException failure) {
        return Stream.<@Nullable Throwable>iterate(
                        failure, each -> each != null, Throwable::getCause)
                .limit(3)
                .anyMatch(UnresolvedAddressException.class::isInstance);
    }

    private static String text(Throwable failure) {
        String message =
                Optional.ofNullable(failure.getMessage())
                        .orElse(failure.getClass().getSimpleName());
        String line = PrintableText.line(message);
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) : line;
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
