package io.tradingecosystem.audit.peer;

import io.helidon.common.LazyValue;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import io.tradingecosystem.audit.egress.CheckedResolver;
import io.tradingecosystem.audit.logging.TraceContext;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks instances over HTTP/1.1, each time on a fresh connection: this is for the few questions that
 * a peer cannot be asked over gRPC. Thread-safe.
 */
final class RestClient {
    private static final String JSON = "application/json";

    private final PeerPolicy policy;
    private final PeerParts parts;

    /** Made for the first question: most peers are asked over gRPC alone, or are not there. */
    private final LazyValue<WebClient> client;

    RestClient(PeerPolicy policy, PeerParts parts) {
        this.policy = policy;
        this.parts = parts;
        this.client = LazyValue.create(() -> create(policy, parts));
    }

    private static WebClient create(PeerPolicy policy, PeerParts parts) {
        return WebClient.builder()
                .addProtocolPreference("http/1.1")
                .shareConnectionCache(false)
                .keepAlive(false)
                .connectTimeout(policy.connection().timeout())
                .followRedirects(false)
                .proxy(Proxy.noProxy())
                .dnsResolver(CheckedResolver.of(parts.egress()))
                .socketOptions(SocketOptions.builder().tcpNoDelay(true).build())
                // Peers are asked in plain text; to read the JDK's trust store takes time.
                .tls(Tls.builder().enabled(false).build())
                .build();
    }

    /**
     * GET.
     *
     * @param path with its query, encoded
     * @param timeout for everything
     * @throws HttpAnswerException if the answer is not a success, or too large
     * @throws UncheckedIOException if the connection could not be made, or broke; of a {@link
     *     SocketTimeoutException} if there was no whole answer in time
     * @throws CancellationException if the caller was interrupted
     */
    byte[] get(Endpoint.Address address, String path, Duration timeout) {
        String traceparent = parts.traces().traceparent();
        return timed(timeout, () -> exchange(address, path, timeout, traceparent));
    }

    /**
     * Runs what blocks and knows no deadline, on a virtual thread of its own: only there an
     * interrupt ends a read from a socket, and closes it.
     *
     * <p>Helidon's timeout (4.3.1) would do as well, but it leaves a thread behind that sleeps
     * until the time is up, also when the work is long done.
     */
    private <T> T timed(Duration timeout, Callable<T> work) {
        Future<T> running = parts.threads().submit(work);
        try {
            return running.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new UncheckedIOException(
                    new SocketTimeoutException("no answer within " + timeout));
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case IOException broken -> new UncheckedIOException(broken);
                case null, default -> new IllegalStateException(e);
            };
        }
    }

    private byte[] exchange(
            Endpoint.Address address, String path, Duration timeout, String traceparent)
            throws IOException {
        parts.own().refuse(parts.egress().resolve(address.host()), address.port());
        try (HttpClientResponse response =
                client.get()
                        .get()
                        .uri(URI.create(address.uri() + path))
                        .readTimeout(timeout)
                        .header(HeaderNames.ACCEPT, JSON)
                        .header(HeaderNames.create(TraceContext.HEADER), traceparent)
                        .request()) {
            int status = response.status().code();
            if (status < 200 || status > 299) {
                throw new HttpAnswerException(status, "GET " + path + " gave status " + status);
            }
            try (InputStream in = response.inputStream()) {
                int maxSize = policy.maxResponseSize();
                byte[] body = in.readNBytes(maxSize + 1);
                if (body.length > maxSize) {
                    throw new HttpAnswerException(
                            status, "GET " + path + " gave more than " + maxSize + " bytes");
                }
                return body;
            }
        }
    }
}
