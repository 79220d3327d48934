package io.tradingecosystem.audit.configuration;

import io.helidon.common.LazyValue;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.common.tls.Tls;
import io.helidon.common.uri.UriInfo;
import io.helidon.common.uri.UriPath;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.ClientUri;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.spi.DnsResolver;
import io.tradingecosystem.audit.configuration.Failure.Kind;
import io.tradingecosystem.audit.settings.ConfigurationSettings;
import io.tradingecosystem.audit.settings.ConfigurationSettings.Address;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One attempt over HTTP. Each takes a connection of its own: loads are minutes apart, by when a
 * connection that was kept may be half-open. Thread-safe.
 */
final class HttpSource {
    private static final int DEEPEST_CAUSE = 10;

    private final Supplier<Optional<URI>> service;
    private final AddressTemplate template;
    private final int maxAnswerSize;
    private final LazyValue<WebClient> client;

    /**
     * @param service where the service is now, if it is anywhere
     * @param resolver finds the address of the service; Helidon's own if absent
     * @param readTimeout for each read; the attempt as a whole is bounded by its caller
     */
    HttpSource(
            Supplier<Optional<URI>> service,
            Optional<DnsResolver> resolver,
            AddressTemplate template,
            ConfigurationSettings settings,
            Duration readTimeout) {
        this.service = service;
        this.template = template;
        this.maxAnswerSize = settings.maxAnswerSize();
        // Made by the first attempt, for which no start waits.
        this.client = LazyValue.create(() -> client(resolver, settings, readTimeout));
    }

    private static WebClient client(
            Optional<DnsResolver> resolver, ConfigurationSettings settings, Duration readTimeout) {
        var client =
                WebClient.builder()
                        .addProtocolPreference("http/1.1")
                        .shareConnectionCache(false)
                        .keepAlive(false)
                        .followRedirects(false)
                        .connectTimeout(settings.connectTimeout())
                        .readTimeout(readTimeout)
                        .tls(tls(settings));
        // A proxy would connect to whatever the name stands for there.
        resolver.ifPresent(checked -> client.dnsResolver(checked).proxy(Proxy.noProxy()));
        return client.build();
    }

    /** Reading the JDK's trust store takes a tenth of the start: only where it is needed. */
    private static Tls tls(ConfigurationSettings settings) {
        boolean needed =
                settings.address() == Address.URL && settings.url().getScheme().equals("https");
        return Tls.builder().enabled(needed).build();
    }

    /**
     * Asks once.
     *
     * @throws AskingException if there is no answer, or none of use
     */
    Answer ask(String key) {
        URI address =
                template.of(
                        service.get()
                                .orElseThrow(
                                        () ->
                                                AskingException.of(
                                                        Kind.NO_ADDRESS, "nobody in the registry")),
                        key);
        try (HttpClientResponse response =
                client.get()
                        .get()
                        .uri(exactly(address))
                        .accept(MediaTypes.APPLICATION_JSON)
                        .request()) {
            return read(key, response);
        } catch (AskingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw reason(e).causedBy(e);
        }
    }

    /**
     * From a java.net.URI Helidon would take the decoded path, in which a slash of a key is lost.
     */
    private static ClientUri exactly(URI address) {
        UriInfo.Builder uri =
                UriInfo.builder()
                        .scheme(address.getScheme())
                        .host(address.getHost())
                        .path(UriPath.create(address.getRawPath()));
        if (address.getPort() >= 0) {
            uri.port(address.getPort());
        }
        Optional.ofNullable(address.getRawQuery()).map(UriQuery::create).ifPresent(uri::query);
        return ClientUri.create(uri.build());
    }

    private Answer read(String key, HttpClientResponse response) {
        Status status = response.status();
        return switch (status.family()) {
            case SUCCESSFUL -> AnswerReader.read(key, body(response));
            case REDIRECTION ->
                    throw AskingException.of(
                            Kind.REDIRECTED,
                            "status %d to %s: set configuration.url to where the service is"
                                    .formatted(
                                            status.code(),
                                            response.headers()
                                                    .first(HeaderNames.LOCATION)
                                                    .orElse("nowhere")));
            case CLIENT_ERROR -> clientError(status);
            default -> throw AskingException.of(Kind.SERVER_ERROR, "status " + status.code());
        };
    }

    private static Answer clientError(Status status) {
        return switch (status.code()) {
            case 404, 410 -> new Answer.Unknown();
            case 408, 429 -> throw AskingException.of(Kind.SERVER_ERROR, "status " + status.code());
            default -> throw AskingException.of(Kind.REFUSED, "status " + status.code());
        };
    }

    private byte[] body(HttpClientResponse response) {
        if (response.headers().contentLength().orElse(0) > maxAnswerSize) {
            throw tooLarge();
        }
        try (InputStream stream = response.inputStream()) {
            byte[] body = stream.readNBytes(maxAnswerSize + 1);
            if (body.length > maxAnswerSize) {
                throw tooLarge();
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AskingException tooLarge() {
        return AskingException.of(
                Kind.TOO_LARGE,
                "more than configuration.max-answer-size, " + maxAnswerSize + " bytes");
    }

    private static AskingException reason(RuntimeException thrown) {
        Optional<Throwable> next = Optional.of(thrown);
        for (int depth = 0; depth < DEEPEST_CAUSE && next.isPresent(); depth++) {
            Throwable cause = next.get();
            String message =
                    Optional.ofNullable(cause.getMessage())
                            .orElse(cause.getClass().getSimpleName());
            switch (cause) {
                case ConnectException e -> {
                    return AskingException.of(Kind.CONNECT_FAILED, message);
                }
                case NoRouteToHostException e -> {
                    return AskingException.of(Kind.CONNECT_FAILED, message);
                }
                case UnknownHostException e -> {
                    return AskingException.of(Kind.CONNECT_FAILED, "unknown host " + message);
                }
                case UnresolvedAddressException e -> {
                    return AskingException.of(Kind.CONNECT_FAILED, "unknown host");
                }
                case SocketTimeoutException e -> {
                    return AskingException.of(Kind.TIMED_OUT, message);
                }
                case SocketException e when Thread.currentThread().isInterrupted() -> {
                    return AskingException.of(Kind.TIMED_OUT, "the attempt took too long");
                }
                case IOException e -> {
                    return AskingException.of(Kind.CONNECTION_LOST, message);
                }
                default -> next = Optional.ofNullable(cause.getCause());
            }
        }
        return AskingException.of(
                Kind.CONNECTION_LOST,
                "no proper HTTP: "
                        + Optional.ofNullable(thrown.getMessage()).orElse(thrown.toString()));
    }
}
