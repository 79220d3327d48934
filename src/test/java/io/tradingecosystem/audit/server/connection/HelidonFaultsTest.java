package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.testing.Pem;
import io.tradingecosystem.audit.testing.RawHttp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The faults of a bare web server of Helidon for which classes stand in {@code server.connection}
 * and {@code server.http}. A test that fails means that a fault is mended, and that the class which
 * names the test can go.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HelidonFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMillis(400);
    private static final String END = " HTTP/1.1\r\nHost: here\r\n\r\n";

    private final CountDownLatch written = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private WebServer server;

    @BeforeAll
    void start() {
        server =
                WebServer.builder()
                        .port(0)
                        .host("127.0.0.1")
                        .shutdownHook(false)
                        .connectionOptions(
                                SocketOptions.builder()
                                        .readTimeout(SHORT)
                                        .connectTimeout(SHORT)
                                        .build())
                        .routing(this::routes)
                        .build()
                        .start();
    }

    private void routes(HttpRules rules) {
        rules.get("/last", (request, response) -> last(response))
                .get("/large", (request, response) -> large(response))
                .get("/segments/{id}", (request, response) -> response.send("segment"))
                .get("/small", (request, response) -> response.send("small"))
                .post(
                        "/all",
                        (request, response) -> response.send(request.content().as(byte[].class)))
                .post("/first-byte", this::firstByte);
    }

    private static void last(ServerResponse response) {
        response.header(HeaderValues.CONNECTION_CLOSE).send("last");
    }

    private void large(ServerResponse response) {
        response.send(new byte[64 << 20]);
        written.countDown();
    }

    private void firstByte(ServerRequest request, ServerResponse response) throws IOException {
        try (InputStream body = request.content().inputStream()) {
            body.read();
            begun.countDown();
        }
        response.send("read");
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    @Test
    void shouldWaitForAHeadThatNeverEndsWhateverTheReadTimeout() throws IOException {
        try (RawHttp client = new RawHttp(server.port())) {
            client.send("GET /small HTT");

            assertThat(client.isClosedWithin(LONG)).isFalse();
        }
    }

    @Test
    void shouldWaitForAClientThatDoesNotRead() throws Exception {
        try (RawHttp client = new RawHttp(server.port(), 4 << 10)) {
            client.send("GET /large" + END);

            assertThat(written.await(LONG.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void shouldReadAWholeChunkIntoMemoryBeforeAHandlerHasItsFirstByte() throws Exception {
        try (RawHttp client = new RawHttp(server.port())) {
            client.send("POST /first-byte HTTP/1.1\r\nHost: here\r\n");
            client.send("Transfer-Encoding: chunked\r\n\r\n8000000\r\n" + "x".repeat(1 << 20));

            assertThat(begun.await(LONG.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void shouldPassOverWhatFollowsAChunk() throws IOException {
        String head = "POST /all HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(answer(head + "+1\r\naXX0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void shouldTakeAQuotedSlashForTheEndOfASegment() throws IOException {
        assertThat(answer("GET /segments/a%2Fb" + END)).startsWith("HTTP/1.1 404 ");
    }

    private String answer(String request) throws IOException {
        try (RawHttp client = new RawHttp(server.port())) {
            return client.send(request).readUntil("\r\n\r\n");
        }
    }

    @Test
    void shouldReadOnAfterAnAnswerThatClosesTheConnection() throws IOException {
        try (RawHttp client = new RawHttp(server.port())) {
            client.send("GET /last" + END + "GET /small" + END);

            assertThat(client.readUntil("small")).contains("last");
        }
    }

    @Test
    void shouldAnswerAMethodThatAPathDoesNotHaveAsAnUnknownPath() throws IOException {
        try (RawHttp client = new RawHttp(server.port())) {
            client.send("DELETE /small" + END);

            assertThat(client.readUntil("\r\n")).contains(" 404 ");
        }
    }

    @Test
    void shouldTakeAKeyThatIsNotTheCertificates(@TempDir Path directory) throws Exception {
        Pem one = Pem.make(directory, "one");
        Pem other = Pem.make(directory, "other");
        Keys pair =
                Keys.builder()
                        .pem(
                                pem ->
                                        pem.key(Resource.create(one.key()))
                                                .certChain(Resource.create(other.certificate())))
                        .build();

        assertThatCode(() -> Tls.builder().privateKey(pair).privateKeyCertChain(pair).build())
                .doesNotThrowAnyException();
    }
}
