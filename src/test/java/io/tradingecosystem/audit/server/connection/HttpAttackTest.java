package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.server.http.RequestBodies;
import io.tradingecosystem.audit.testing.RawHttp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Requests that mean no good. Each gets an answer that names what is wrong, or a closed connection:
 * never an internal error, never silence; and others are served on.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpAttackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CLOSED = 0;
    private static final int ATTEMPTS = 20;
    private static final String PATH = "/health/live HTTP/1.1\r\nHost: here\r\n";
    private static final String GET = "GET " + PATH;
    private static final String POST = "POST /test/echo HTTP/1.1\r\nHost: here\r\n";
    private static final String LAST = "Connection: close\r\n\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    private OpenDoorsFixture fixture;

    @BeforeAll
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of(
                                "server.http.head-timeout", "1s",
                                "server.http.body-timeout", "1s",
                                "server.http.write-timeout", "1s",
                                "server.http.max-body-size", "1MiB"),
                        (doors, monitoring) ->
                                doors.routes(
                                        "/test",
                                        rules ->
                                                rules.post(
                                                        "/echo",
                                                        (request, response) ->
                                                                response.send(
                                                                        RequestBodies.stream(
                                                                                        request)
                                                                                .readAllBytes()))));
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    static Stream<Arguments> attacks() {
        String x = "x".repeat(1 << 20);
        return Stream.of(
                // heads
                argumentSet("huge request line", "GET /" + x + " HTTP/1.1\r\nHost: h\r\n\r\n", 414),
                argumentSet("huge query", "GET /health/live?q=" + x + " HTTP/1.1\r\n\r\n", 414),
                argumentSet("huge header", GET + "X: " + x + "\r\n\r\n", 431),
                argumentSet("10,000 headers", GET + "X: y\r\n".repeat(10_000) + "\r\n", 431),
                argumentSet("header without a colon", GET + "what\r\n" + LAST, 400),
                argumentSet("blank before the colon", GET + "X : y\r\n" + LAST, 400),
                argumentSet("folded header", GET + "X: y\r\n z\r\n" + LAST, 400),
                argumentSet("null in a header", GET + "X: a\0b\r\n" + LAST, 400),
                argumentSet("bare carriage return", GET + "X: a\rb\r\n" + LAST, 400),
                argumentSet("bare line feeds", "GET /health/live HTTP/1.1\nHost: h\n\n", 400),
                argumentSet("no host", "GET /health/live HTTP/1.1\r\n" + LAST, 400),
                argumentSet("two hosts", GET + "Host: there\r\n" + LAST, 400),
                argumentSet("null in the path", "GET /a\0b HTTP/1.1\r\nHost: h\r\n" + LAST, 400),
                argumentSet("nulls", "\0".repeat(100) + "\r\n\r\n", 400),
                argumentSet("method of their own", "BREW" + GET.substring(3) + LAST, 501),
                argumentSet("method with a body that asks", "QUERY" + GET.substring(3) + LAST, 405),
                argumentSet("method in small letters", "get " + PATH + LAST, 501),
                argumentSet("method of no token", "G@T " + PATH + LAST, 400),
                argumentSet("tab behind the method", "GET\t" + PATH + LAST, 400),
                argumentSet("field without a name", GET + ": y\r\n" + LAST, 400),
                argumentSet("fragment", path("/health/live#here"), 400),
                argumentSet("other expectation", POST + "Expect: tea\r\n" + LAST, 417),
                // paths
                argumentSet("way up", path("/../../etc/passwd"), 400),
                argumentSet("way up in percent", path("/%2e%2e/%2e%2e/etc/passwd"), 400),
                argumentSet("way up with a slash in percent", path("/..%2f..%2fetc/passwd"), 404),
                argumentSet("way up from a route", path("/api/v1/../../etc/passwd"), 400),
                argumentSet("percent and nothing", path("/%"), 400),
                argumentSet("percent and no number", path("/%zz"), 400),
                argumentSet("null in percent", path("/%00"), 400),
                // versions
                argumentSet("HTTP/0.9", "GET /health/live\r\n", 400),
                argumentSet("HTTP/3.0", "GET / HTTP/3.0\r\nHost: h\r\n\r\n", 505),
                argumentSet("HTTP/2 at once", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0", 505),
                argumentSet("TLS", "\26\3\1\2\0\1\0\1\374\3\3" + "r".repeat(600), CLOSED),
                // lengths
                argumentSet("negative length", POST + "Content-Length: -1\r\n\r\n", 400),
                argumentSet("no number", POST + "Content-Length: ten\r\n\r\n", 400),
                argumentSet(
                        "too long a number",
                        POST + "Content-Length: 99999999999999999999\r\n\r\n",
                        400),
                argumentSet(
                        "most of all", POST + "Content-Length: 9223372036854775807\r\n\r\n", 413),
                argumentSet(
                        "two lengths",
                        POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                        400),
                argumentSet(
                        "length and chunks",
                        POST + "Content-Length: 5\r\n" + CHUNKED + "0\r\n\r\n",
                        400),
                argumentSet(
                        "other transfer coding", POST + "Transfer-Encoding: identity\r\n\r\n", 400),
                argumentSet(
                        "chunked twice", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n", 400),
                argumentSet(
                        "chunked, disguised", POST + "Transfer-Encoding: xchunked\r\n\r\n", 400),
                // chunks
                argumentSet("chunk of no number", POST + CHUNKED + "zz\r\nab\r\n0\r\n\r\n", 400),
                argumentSet("negative chunk", POST + CHUNKED + "-1\r\nab\r\n0\r\n\r\n", 400),
                argumentSet("chunk of 2 GB", POST + CHUNKED + "7fffffff\r\nab", CLOSED),
                argumentSet(
                        "chunk of 4 GB and more", POST + CHUNKED + "fffffffff\r\nab\r\n", CLOSED),
                argumentSet(
                        "chunk longer than it says",
                        POST + CHUNKED + "1\r\nabcd\r\n0\r\n\r\n",
                        400),
                argumentSet(
                        "chunk extensions without end",
                        POST + CHUNKED + "1;" + "e=f;".repeat(1 << 18),
                        400),
                argumentSet(
                        "chunks of one byte without end",
                        POST + CHUNKED + "1\r\na\r\n".repeat((1 << 20) + 1),
                        413),
                argumentSet(
                        "trailers without end",
                        POST + CHUNKED + "0\r\n" + "X: y\r\n".repeat(10_000),
                        431));
    }

    private static String path(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: here\r\n" + LAST;
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void shouldRefuse(String attack, int status) throws IOException {
        assertRefused(attack, status);
        fixture.assertServedOn();
    }

    /**
     * Odd, but as it may be: an empty line before a request, and the absolute form, which is for
     * proxies (RFC 9112, 2.2 and 3.2.2).
     */
    @ParameterizedTest
    @ValueSource(strings = {"\r\n" + GET + LAST, "GET http://here" + PATH + LAST})
    void shouldAnswerWhatIsOddOnly(String odd) throws IOException {
        try (RawHttp client = fixture.raw()) {
            assertThat(client.send(odd).readToEnd()).startsWith("HTTP/1.1 200 OK");
        }
        fixture.assertServedOn();
    }

    @Test
    void shouldAnswerAThousandRequestsThatComeAtOnce() throws IOException {
        try (RawHttp client = fixture.raw()) {
            String answers = client.send((GET + "\r\n").repeat(999) + GET + LAST).readToEnd();

            assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(1_001);
        }
        fixture.assertServedOn();
    }

    @Test
    void shouldStayWithHttp1WhereAnUpgradeIsAskedFor() throws IOException {
        String upgrade = "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
        try (RawHttp client = fixture.raw()) {
            String answer =
                    client.send(
                                    GET
                                            + upgrade
                                            + "Connection: close, Upgrade, HTTP2-Settings\r\n\r\n")
                            .readToEnd();

            assertThat(answer).startsWith("HTTP/1.1 200 OK");
        }
        fixture.assertServedOn();
    }

    @Test
    void shouldAskForTheBodyThatAClientHoldsBack() throws IOException {
        String head = POST + "Content-Length: 2\r\nExpect: 100-continue\r\n" + LAST;
        try (RawHttp client = fixture.raw()) {
            client.send(head);
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue");
            assertThat(client.send("ab").readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("ab");
        }
        try (RawHttp client = fixture.raw()) {
            // a client that expects it and never sends
            assertThat(client.send(head).readToEnd()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        }
        fixture.assertServedOn();
    }

    @Test
    void shouldNotTakeTheRestOfARefusedBodyForARequest() throws IOException {
        String hidden = "GET /health/ready HTTP/1.1\r\nHost: here\r\n\r\n";
        try (RawHttp client = fixture.raw()) {
            client.send(POST + "Content-Length: 2000000\r\n\r\n" + hidden.repeat(3));

            assertThat(client.readToEnd().split("HTTP/1.1 ", -1)).hasSizeLessThanOrEqualTo(2);
        }
        fixture.assertServedOn();
        assertThat(fixture.http.get("/metrics").body()).doesNotContain("route=\"/health/ready\"");
    }

    @Test
    void shouldRefuseABombInGzip() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[64 << 20]);
        }
        String head =
                POST + "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n";
        String body = bomb.toString(StandardCharsets.ISO_8859_1);
        assertRefused(head + body, 413);
        fixture.assertServedOn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hea",
                GET,
                POST + "Content-Length: 9\r\n\r\n1234",
                POST + CHUNKED + "9\r\n1234",
                POST + CHUNKED + "9;"
            })
    void shouldForgetAClientThatGoesInTheMiddle(String half) throws IOException {
        try (RawHttp client = fixture.raw()) {
            assertThat(client.send(half).finish().readToEnd()).isEmpty();
        }
        try (RawHttp client = fixture.raw()) {
            client.send(half);
        }
        fixture.assertServedOn();
    }

    private void assertRefused(String attack, int status) throws IOException {
        String answer = answer(attack);
        if (status == CLOSED) {
            assertThat(answer).isEmpty();
            return;
        }
        // Closed with something unread, an answer may be lost on the way; not every time.
        for (int attempt = 1; attempt < ATTEMPTS && answer.isEmpty(); attempt++) {
            answer = answer(attack);
        }
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json");
        assertThat(answer).contains("\"status\":" + status);
    }

    private String answer(String attack) throws IOException {
        try (RawHttp client = fixture.raw()) {
            return client.trySending(attack).readAnswer();
        }
    }
}
