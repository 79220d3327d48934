package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.RequestBodies;
import io.tradingecosystem.audit.testing.RawHttp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

/** What clients, proxies and probes send that is HTTP and not the usual. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpVersionsTest {
    private static final String POST = "POST /test/echo HTTP/1.1\r\nHost: here\r\n";
    private static final String LAST = "Connection: close\r\n";

    private OpenDoorsFixture fixture;

    @BeforeAll
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of("server.http.max-body-size", "1KiB"),
                        (doors, monitoring) ->
                                doors.routes(
                                        "/test",
                                        rules ->
                                                rules.post(
                                                                "/echo",
                                                                (request, response) ->
                                                                        response.send(
                                                                                RequestBodies
                                                                                        .stream(
                                                                                                request)
                                                                                        .readAllBytes()))
                                                        .get(
                                                                "/ids/{id}",
                                                                (request, response) ->
                                                                        response.send(
                                                                                PathParameters.text(
                                                                                        request,
                                                                                        "id")))
                                                        .get(
                                                                "/long",
                                                                (request, response) ->
                                                                        write(response))));
    }

    /** More than fits any buffer, without a length. */
    private static void write(ServerResponse response) {
        try (OutputStream out = response.outputStream()) {
            for (int i = 0; i < 1_000; i++) {
                out.write("0123456789abcdef".repeat(64).getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/metrics", "/test/long", "/api/v1/status"})
    void shouldAnswerHeadAsGetWithoutABody(String path) throws IOException {
        String answer = answer("HEAD " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n");
        assertThat(answer.indexOf("\r\n\r\n")).isEqualTo(answer.length() - 4);
        fixture.assertServedOn();
        assertThat(fixture.http.get("/metrics").body()).contains("method=\"HEAD\"");
    }

    @Test
    void shouldOfferHeadWhereThereIsGet() throws IOException {
        assertThat(answer("HEAD /test/echo HTTP/1.1\r\nHost: h\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("Allow: POST, OPTIONS");
        assertThat(answer("DELETE /test/long HTTP/1.1\r\nHost: h\r\n" + LAST + "\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("Allow: GET, HEAD, OPTIONS");
    }

    @Test
    void shouldAnswerOlderClientsWithoutChunks() throws IOException {
        String answer = answer("GET /test/long HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 OK");
        assertThat(answer).doesNotContainIgnoringCase("Transfer-Encoding");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                .isEqualTo("0123456789abcdef".repeat(64 * 1_000));
    }

    @Test
    void shouldTakeABodyFromAnOlderClient() throws IOException {
        assertThat(answer("POST /test/echo HTTP/1.0\r\nContent-Length: 2\r\n\r\nab"))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("ab");
    }

    @ParameterizedTest
    @CsvSource({
        "a%2Fb, a/b",
        "a%2fb, a/b",
        "a%25b, a%b",
        "a%252Fb, a%2Fb",
        "a;b, a;b",
        "a%3Bb, a;b",
        "a+b, a+b",
        "%C3%A4, \u00c3\u00a4",
        "a/, a"
    })
    void shouldKeepASegmentAsItWasMeant(String segment, String id) throws IOException {
        assertThat(answer("GET /test/ids/" + segment + " HTTP/1.1\r\nHost: h\r\n" + LAST + "\r\n"))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("\r\n\r\n" + id);
    }

    /** Whoever lets by /test/… and not /metrics must not be led around. */
    @ParameterizedTest
    @ValueSource(strings = {"/test%2F..%2Fmetrics", "/%2Fmetrics", "/test%2Flong", "/metrics%2F"})
    void shouldNotRouteByAQuotedSlash(String path) throws IOException {
        assertThat(answer("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + LAST + "\r\n"))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void shouldNotAskForABodyThatIsTooLargeByItsOwnLength() throws IOException {
        assertThat(answer(POST + "Expect: 100-continue\r\nContent-Length: 2000\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .doesNotContain("100 Continue");
    }

    @Test
    void shouldCountRoutesOnceHoweverTheirPathEnds() throws IOException {
        answer("GET /test/long/ HTTP/1.1\r\nHost: h\r\n" + LAST + "\r\n");

        assertThat(fixture.http.get("/metrics").body())
                .contains("route=\"/test/long\"")
                .doesNotContainPattern("route=\"[^\"]+/\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "br", "deflate, gzip"})
    void shouldSayWhichCodingsItTakes(String coding) throws IOException {
        assertThat(
                        answer(
                                POST
                                        + LAST
                                        + "Content-Encoding: "
                                        + coding
                                        + "\r\nContent-Length: 1\r\n\r\nx"))
                .startsWith("HTTP/1.1 415 ")
                .containsIgnoringCase("Accept-Encoding: deflate, gzip, x-gzip");
    }

    @Test
    void shouldInflateABoundedBody() throws IOException {
        assertThat(deflated("Deflate", "hello")).startsWith("HTTP/1.1 200 OK").endsWith("hello");
        assertThat(deflated("deflate", "x".repeat(2_000))).startsWith("HTTP/1.1 413 ");
    }

    private String deflated(String coding, String body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(body.getBytes(StandardCharsets.US_ASCII));
        }
        String head = LAST + "Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n";
        return answer(
                POST
                        + head.formatted(coding, compressed.size())
                        + compressed.toString(StandardCharsets.ISO_8859_1));
    }

    private String answer(String request) throws IOException {
        try (RawHttp client = fixture.raw()) {
            return client.trySending(request).readToEnd();
        }
    }
}
