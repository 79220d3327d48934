package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.helidon.common.media.type.MediaTypes;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.server.grpc.GrpcTestService;
import io.tradingecosystem.audit.server.http.RequestBodies;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.Pem;
import io.tradingecosystem.audit.testing.RawHttp;
import io.tradingecosystem.audit.testing.RawHttp2;
import io.tradingecosystem.audit.testing.TlsClient;
import io.tradingecosystem.audit.tls.TlsRules;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/** TLS at both doors, by configuration alone. */
@Timeout(60)
class TlsDoorsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Two suites with CBC and RSA, no extensions; the random is zeros. */
    private static final String HELLO_OF_TLS_1_1 =
            "160301002f" + "0100002b" + "0302" + "00".repeat(32) + "00" + "0004c009002f" + "0100";

    @TempDir Path directory;
    private Pem server;
    private Pem client;
    private Pem stranger;

    @BeforeEach
    void make() throws Exception {
        server = Pem.make(directory, "server");
        client = Pem.make(directory, "client");
        stranger = Pem.make(directory, "stranger");
    }

    @Test
    void shouldServeOverTlsAtBothDoors() throws Exception {
        try (OpenDoorsFixture fixture =
                OpenDoorsFixture.open(tls(Optional.empty()), (d, m) -> {})) {
            assertThat(status(fixture, Optional.empty())).isEqualTo(200);
            assertThat(health(fixture, Optional.empty())).isEqualTo("SERVING");
        }
    }

    @Test
    void shouldTakeOnlyClientsWithACertificateOfTheirAuthority() throws Exception {
        try (OpenDoorsFixture fixture =
                OpenDoorsFixture.open(tls(Optional.of(client)), (d, m) -> {})) {
            assertThat(status(fixture, Optional.of(client))).isEqualTo(200);
            assertThat(health(fixture, Optional.of(client))).isEqualTo("SERVING");

            for (Optional<Pem> wrong : List.of(Optional.<Pem>empty(), Optional.of(stranger))) {
                assertThatThrownBy(() -> status(fixture, wrong)).isInstanceOf(IOException.class);
                assertThat(health(fixture, wrong)).isEqualTo(Status.Code.UNAVAILABLE.name());
            }
        }
    }

    @Test
    void shouldNameTheSettingOfAFileThatIsNotWhatItShouldBe() throws Exception {
        Path garbled = Files.writeString(directory.resolve("garbled"), "-----BEGIN X-----\nnope\n");
        for (String door : new String[] {"http", "grpc"}) {
            for (String file : new String[] {"certificate", "key", "client-ca"}) {
                for (Path bad : new Path[] {garbled, directory.resolve("missing")}) {
                    Map<String, String> settings = tls(Optional.of(client));
                    String setting = "server." + door + ".tls." + file;
                    settings.put(setting, bad.toString());

                    assertThatThrownBy(() -> OpenDoorsFixture.open(settings, (d, m) -> {}))
                            .isInstanceOf(ListenerException.class)
                            .hasMessageContaining(setting)
                            .hasMessageContaining(bad.toString())
                            .hasMessageNotContaining("\n");
                }
            }
        }
    }

    @Test
    void shouldRefuseAKeyThatIsNotTheCertificates() {
        Map<String, String> settings = tls(Optional.empty());
        settings.put("server.http.tls.key", client.key().toString());

        assertThatThrownBy(() -> OpenDoorsFixture.open(settings, (d, m) -> {}))
                .isInstanceOf(ListenerException.class)
                .hasMessage("server.http.tls.key: not the key of the certificate");
    }

    @ParameterizedTest
    @CsvSource({
        "-3d, 2, server.tls.certificate.expired",
        "-3d, 10, server.tls.certificate.expiring",
        "+3d, 90, server.tls.certificate.early"
    })
    void shouldTellAtTheStartThatACertificateIsOutOfItsTime(String from, int days, String event)
            throws Exception {
        server = Pem.make(directory, "timed", from, days);
        try (CapturedLog log = CapturedLog.of(ListenerTls.class.getPackage());
                OpenDoorsFixture fixture =
                        OpenDoorsFixture.open(tls(Optional.empty()), (d, m) -> {})) {
            assertThat(fixture.doors.httpAddress()).startsWith("https://");
            assertThat(log.lines(event))
                    .hasSize(2)
                    .allMatch(line -> line.contains(server.certificate().toString()));
        }
    }

    @Test
    void shouldSayNothingOfACertificateThatIsValidForLong() throws Exception {
        try (CapturedLog log = CapturedLog.of(ListenerTls.class.getPackage());
                OpenDoorsFixture fixture =
                        OpenDoorsFixture.open(tls(Optional.empty()), (d, m) -> {})) {
            assertThat(fixture.doors.grpcAddress()).endsWith(" (TLS)");
            assertThat(log.lines()).noneMatch(line -> line.startsWith("server.tls.certificate"));
        }
    }

    /** A hello of TLS 1.1, which the JDK itself would not send. */
    @Test
    void shouldNotSpeakOlderVersions() throws Exception {
        byte[] hello = HexFormat.of().parseHex(HELLO_OF_TLS_1_1);
        try (OpenDoorsFixture fixture =
                OpenDoorsFixture.open(tls(Optional.empty()), (d, m) -> {})) {
            for (int port : new int[] {fixture.doors.httpPort(), fixture.doors.grpcPort()}) {
                try (Socket old = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    old.getOutputStream().write(hello);

                    byte[] answer = old.getInputStream().readAllBytes();

                    // An alert: fatal, protocol_version.
                    assertThat(answer).startsWith(21).endsWith(2, 70);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
            })
    void shouldNotSpeakSuitesOfBefore(String suite) throws Exception {
        try (OpenDoorsFixture fixture =
                OpenDoorsFixture.open(tls(Optional.empty()), (d, m) -> {})) {
            for (int port : new int[] {fixture.doors.httpPort(), fixture.doors.grpcPort()}) {
                try (SSLSocket socket = client(Optional.empty()).socket(port)) {
                    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                    socket.setEnabledCipherSuites(new String[] {suite});

                    assertThatThrownBy(socket::startHandshake)
                            .isInstanceOf(SSLHandshakeException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shouldSpeakTheVersionsOfToday(String version) throws Exception {
        try (OpenDoorsFixture fixture =
                OpenDoorsFixture.open(tls(Optional.empty()), (d, m) -> {})) {
            for (int port : new int[] {fixture.doors.httpPort(), fixture.doors.grpcPort()}) {
                try (SSLSocket socket = client(Optional.empty()).socket(port)) {
                    socket.setEnabledProtocols(new String[] {version});
                    socket.startHandshake();

                    assertThat(TlsRules.SUITES).contains(socket.getSession().getCipherSuite());
                    assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                }
            }
        }
    }

    @Test
    void shouldCountHandshakesThatEitherSideRefuses() throws Exception {
        try (OpenDoorsFixture fixture =
                OpenDoorsFixture.open(tls(Optional.of(client)), (d, m) -> {})) {
            for (String door : new String[] {"http", "grpc"}) {
                int port =
                        door.equals("http") ? fixture.doors.httpPort() : fixture.doors.grpcPort();
                // when somebody speaks plain text
                try (RawHttp plain = new RawHttp(port)) {
                    plain.trySending("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
                    assertThat(plain.isClosedWithin(PATIENCE)).isTrue();
                }
                awaitRefused(fixture, door, 1);
                // and one does not trust us
                SSLContext trusting = SSLContext.getDefault();
                try (var socket =
                        (SSLSocket)
                                trusting.getSocketFactory()
                                        .createSocket(InetAddress.getLoopbackAddress(), port)) {
                    assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
                }
                awaitRefused(fixture, door, 2);
                // and one shows no certificate
                try (RawHttp nobody =
                        new RawHttp(connect(port, door.equals("http") ? "http/1.1" : "h2"))) {
                    assertThatThrownBy(nobody::readToEnd).isInstanceOf(IOException.class);
                }
                awaitRefused(fixture, door, 3);
            }
            assertThat(status(fixture, Optional.of(client))).isEqualTo(200);
            awaitRefused(fixture, "http", 3);
        }
    }

    private static void awaitRefused(OpenDoorsFixture fixture, String door, int count) {
        String line =
                "server_tls_handshakes_refused_total{listener=\"%s\",} %d.0".formatted(door, count);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(metrics(fixture)).contains(line));
    }

    /** Half a hello: Helidon holds the lock of the socket's TLS meanwhile. */
    @Test
    void shouldCloseAConnectionWhoseHandshakeStops() throws Exception {
        Map<String, String> settings = tls(Optional.empty());
        settings.put("server.http.head-timeout", "400ms");
        settings.put("server.grpc.handshake-timeout", "1s");
        byte[] hello = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
        try (OpenDoorsFixture fixture = OpenDoorsFixture.open(settings, (d, m) -> {})) {
            for (int port : new int[] {fixture.doors.httpPort(), fixture.doors.grpcPort()}) {
                try (RawHttp silent = new RawHttp(port);
                        RawHttp halfway = new RawHttp(port)) {
                    halfway.send(hello);

                    assertThat(silent.isClosedWithin(PATIENCE)).isTrue();
                    assertThat(halfway.isClosedWithin(PATIENCE)).isTrue();
                }
            }
            assertThat(status(fixture, Optional.empty())).isEqualTo(200);
            assertThat(health(fixture, Optional.empty())).isEqualTo("SERVING");
        }
    }

    @Test
    void shouldCloseConnectionsWhoseBodyStopsOrWhoseAnswerNobodyReads() throws Exception {
        Map<String, String> settings = tls(Optional.empty());
        settings.put("server.http.body-timeout", "400ms");
        settings.put("server.http.write-timeout", "1s");
        settings.put("server.grpc.write-timeout", "1s");
        try (OpenDoorsFixture fixture = OpenDoorsFixture.open(settings, TlsDoorsTest::addRoutes);
                RawHttp halfway = new RawHttp(connect(fixture.doors.httpPort(), "http/1.1"));
                RawHttp deaf = new RawHttp(connect(fixture.doors.httpPort(), "http/1.1"));
                RawHttp2 deafToo = RawHttp2.greeted(connect(fixture.doors.grpcPort(), "h2"))) {
            halfway.send("POST /test HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n1234");
            deaf.send("GET /test HTTP/1.1\r\nHost: h\r\n\r\n");
            GrpcTestService.askForMuch(deafToo);

            assertThat(halfway.isClosedWithin(PATIENCE)).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(metrics(fixture))
                                            .contains(timeout("http", "body"))
                                            .contains(timeout("http", "write"))
                                            .contains(timeout("grpc", "write"))
                                            .contains("server_connections{listener=\"http\",} 0.0")
                                            .contains(
                                                    "server_connections{listener=\"grpc\",} 0.0"));
            assertThat(status(fixture, Optional.empty())).isEqualTo(200);
            assertThat(health(fixture, Optional.empty())).isEqualTo("SERVING");
        }
    }

    private static void addRoutes(Doors doors, Monitoring monitoring) {
        byte[] large = new byte[32 << 20];
        doors.service(new GrpcTestService())
                .routes(
                        "/test",
                        rules ->
                                rules.get("/", (request, response) -> response.send(large))
                                        .post(
                                                "/",
                                                (request, response) ->
                                                        response.send(
                                                                RequestBodies.stream(request)
                                                                        .readAllBytes())));
    }

    private static String metrics(OpenDoorsFixture fixture) {
        return fixture.monitoring.meters().format(MediaTypes.TEXT_PLAIN);
    }

    private static String timeout(String listener, String reason) {
        return "server_connection_timeouts_total{listener=\"%s\",reason=\"%s\",} 1.0"
                .formatted(listener, reason);
    }

    private Map<String, String> tls(Optional<Pem> clients) {
        Map<String, String> settings = new HashMap<>();
        for (String door : new String[] {"http", "grpc"}) {
            String tls = "server." + door + ".tls.";
            settings.put(tls + "certificate", server.certificate().toString());
            settings.put(tls + "key", server.key().toString());
            clients.ifPresent(ca -> settings.put(tls + "client-ca", ca.certificate().toString()));
        }
        return settings;
    }

    private SSLSocket connect(int port, String protocol) throws Exception {
        return client(Optional.empty()).connect(port, protocol);
    }

    private TlsClient client(Optional<Pem> own) throws Exception {
        return own.isPresent() ? TlsClient.showing(own.get(), server) : TlsClient.trusting(server);
    }

    private int status(OpenDoorsFixture fixture, Optional<Pem> own) throws Exception {
        return client(own).get(fixture.doors.httpPort(), "/health/live").statusCode();
    }

    private String health(OpenDoorsFixture fixture, Optional<Pem> own) throws Exception {
        return client(own).health(fixture.doors.grpcPort(), server);
    }
}
