package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.settings.TlsSettings;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.Pem;
import io.tradingecosystem.audit.testing.TlsClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLSocket;

/** Files of TLS that are exchanged while the doors are open. */
@Timeout(60)
class TlsReloadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir Path directory;
    private Pem old;
    private Pem next;
    private Path certificate;
    private Path key;
    private Path authority;

    @BeforeEach
    void make() throws Exception {
        old = Pem.make(directory, "old");
        next = Pem.make(directory, "next");
        Path live = Files.createDirectory(directory.resolve("live"));
        certificate = Files.copy(old.certificate(), live.resolve("tls.crt"));
        key = Files.copy(old.key(), live.resolve("tls.key"));
        authority = live.resolve("ca.crt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldUseANewPairForNewConnections(String engine) throws Exception {
        Map<String, String> settings = tls(false);
        settings.put("server.grpc.engine", engine);
        TlsClient client = TlsClient.trusting(old, next);
        try (CapturedLog log = CapturedLog.of(ListenerTls.class.getPackage());
                OpenDoorsFixture open = OpenDoorsFixture.open(settings, (d, m) -> {});
                SSLSocket before = client.connect(open.doors.httpPort(), "http/1.1")) {
            assertThat(serves(open, client, old)).isTrue();

            replace(next.key(), key);
            replace(next.certificate(), certificate);

            await().atMost(PATIENCE).until(() -> serves(open, client, next));
            assertThat(answers(before)).isTrue();
            assertThat(log.lines("server.tls.certificate.exchanged")).hasSize(2);
        }
    }

    /** As Kubernetes exchanges what a volume of a secret has. */
    @Test
    void shouldFollowALinkThatIsSwitched() throws Exception {
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Path data = volume.resolve("..data");
        Files.createSymbolicLink(data, version(volume, "..1", old));
        Files.createSymbolicLink(volume.resolve("tls.crt"), Path.of("..data", "tls.crt"));
        Files.createSymbolicLink(volume.resolve("tls.key"), Path.of("..data", "tls.key"));
        certificate = volume.resolve("tls.crt");
        key = volume.resolve("tls.key");
        TlsClient client = TlsClient.trusting(old, next);
        try (OpenDoorsFixture open = OpenDoorsFixture.open(tls(false), (d, m) -> {})) {
            assertThat(serves(open, client, old)).isTrue();

            Path switched =
                    Files.createSymbolicLink(
                            volume.resolve("..data_tmp"), version(volume, "..2", next));
            Files.move(switched, data, StandardCopyOption.ATOMIC_MOVE);

            await().atMost(PATIENCE).until(() -> serves(open, client, next));
        }
    }

    @Test
    void shouldKeepTheOldPairAndSaySoWhileTheNewOneCannotBeUsed() throws Exception {
        TlsClient client = TlsClient.trusting(old, next);
        try (OpenDoorsFixture open = OpenDoorsFixture.open(tls(false), (d, m) -> {})) {
            // half of a pair
            replace(next.certificate(), certificate);
            awaitKept(open, "server.http.tls.key: not the key of the certificate");
            assertThat(serves(open, client, old)).isTrue();
            // half of a file
            String whole = Files.readString(next.certificate(), StandardCharsets.US_ASCII);
            Files.writeString(certificate, whole.substring(0, whole.length() / 2));
            awaitKept(open, "server.http.tls.certificate: cannot use " + certificate);
            assertThat(serves(open, client, old)).isTrue();
            // nothing
            Files.delete(certificate);
            awaitKept(open, "there is no such file");
            assertThat(serves(open, client, old)).isTrue();
            assertThat(http(client, open, "/health").statusCode()).isEqualTo(200);
            // and the whole of it at last
            replace(next.certificate(), certificate);
            replace(next.key(), key);
            await().atMost(PATIENCE).until(() -> serves(open, client, next));
            await().atMost(PATIENCE)
                    .until(() -> http(client, open, "/health/tls").statusCode() == 200);
        }
    }

    /** Nobody is told of files that are exchanged one after the other. */
    @Test
    void shouldSayNothingOfWhatIsRightAtTheNextLook() throws Exception {
        ListenerTls tls = listener(ManualClock.at(Instant.now()));
        replace(next.certificate(), certificate);
        tls.look();
        assertThat(tls.certificate().kept()).isEmpty();

        replace(next.key(), key);
        tls.look();
        tls.look();

        assertThat(tls.certificate().kept()).isEmpty();
        assertThat(tls.certificate().subject()).isEqualTo("CN=next");
    }

    @Test
    void shouldForgetWhatCouldNotBeUsedWhenTheOldFilesAreBack() throws Exception {
        ListenerTls tls = listener(ManualClock.at(Instant.now()));
        replace(next.certificate(), certificate);
        tls.look();
        tls.look();
        assertThat(tls.certificate().kept()).isPresent();

        replace(old.certificate(), certificate);
        tls.look();

        assertThat(tls.certificate().kept()).isEmpty();
        assertThat(tls.certificate().subject()).isEqualTo("CN=old");
    }

    @Test
    void shouldTrustTheNewAuthorityAloneEvenIfASessionIsResumed() throws Exception {
        Pem first = Pem.make(directory, "first");
        Pem second = Pem.make(directory, "second");
        replace(first.certificate(), authority);
        TlsClient known = TlsClient.showing(first, old);
        TlsClient later = TlsClient.showing(second, old);
        try (OpenDoorsFixture open = OpenDoorsFixture.open(tls(true), (d, m) -> {})) {
            int port = open.doors.httpPort();
            assertThat(known.get(port, "/health/live").statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> later.get(port, "/health/live"))
                    .isInstanceOf(IOException.class);

            replace(second.certificate(), authority);

            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> later.get(port, "/health/live").statusCode() == 200);
            assertThatThrownBy(() -> known.get(port, "/health/live"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldShowTheDaysThatAreLeft() throws Exception {
        TlsClient client = TlsClient.trusting(old);
        try (OpenDoorsFixture open = OpenDoorsFixture.open(tls(false), (d, m) -> {})) {
            JsonNode shown =
                    Http.json(http(client, open, "/api/v1/status"))
                            .at("/listeners/grpc/certificate");

            assertThat(shown.get("days_left").asDouble()).isBetween(89.0, 90.0);
            assertThat(shown.get("subject").asText()).isEqualTo("CN=old");
            assertThat(shown.has("kept")).isFalse();
            assertThat(http(client, open, "/metrics").body())
                    .contains("server_tls_certificate_days_left{listener=\"http\",} 89.9")
                    .contains("server_tls_certificate_days_left{listener=\"grpc\",} 89.9");
        }
    }

    @Test
    void shouldRemindOnceADayOfACertificateThatExpiresSoon() throws Exception {
        ManualClock clock = ManualClock.at(Instant.now());
        ListenerTls tls = listener(clock);
        try (CapturedLog log = CapturedLog.of(ListenerTls.class.getPackage())) {
            tls.look();
            clock.jump(Duration.ofDays(75));
            tls.look();
            assertThat(log.lines()).isEmpty();

            clock.jump(Duration.ofDays(2));
            tls.look();
            tls.look();
            assertThat(log.lines("server.tls.certificate.expiring")).hasSize(1);

            clock.jump(Duration.ofDays(1));
            tls.look();
            tls.look();
            assertThat(log.lines("server.tls.certificate.expiring")).hasSize(2);

            clock.jump(Duration.ofDays(20));
            tls.look();
            assertThat(log.lines("server.tls.certificate.expired")).hasSize(1);
            assertThat(tls.certificate().daysLeft()).isNegative();
        }
    }

    private ListenerTls listener(ManualClock clock) {
        return ListenerTls.of(
                        new TlsSettings(
                                Optional.of(certificate), Optional.of(key), Optional.empty()),
                        "http",
                        clock)
                .orElseThrow();
    }

    private static java.net.http.HttpResponse<String> http(
            TlsClient client, OpenDoorsFixture open, String path) throws Exception {
        return client.get(open.doors.httpPort(), path);
    }

    private void awaitKept(OpenDoorsFixture open, String reason) {
        TlsClient client = trustingBoth();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            var answer = http(client, open, "/health/tls");
                            assertThat(answer.statusCode()).isEqualTo(503);
                            assertThat(answer.body()).contains(reason);
                        });
    }

    private TlsClient trustingBoth() {
        try {
            return TlsClient.trusting(old, next);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a new connection to each door gets this certificate. */
    private static boolean serves(OpenDoorsFixture open, TlsClient client, Pem expected)
            throws Exception {
        for (int port : List.of(open.doors.httpPort(), open.doors.grpcPort())) {
            String protocol = port == open.doors.httpPort() ? "http/1.1" : "h2";
            try (SSLSocket socket = client.connect(port, protocol)) {
                if (!TlsClient.shown(socket, expected)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean answers(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(LIVE.getBytes(StandardCharsets.US_ASCII));
        byte[] start = socket.getInputStream().readNBytes(12);
        return new String(start, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
    }

    private static void replace(Path source, Path target) throws IOException {
        Path beside = Files.copy(source, target.resolveSibling("beside"));
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path version(Path volume, String name, Pem pem) throws IOException {
        Path version = Files.createDirectory(volume.resolve(name));
        Files.copy(pem.certificate(), version.resolve("tls.crt"));
        Files.copy(pem.key(), version.resolve("tls.key"));
        return Path.of(name);
    }

    private Map<String, String> tls(boolean clients) {
        Map<String, String> settings = new HashMap<>();
        for (String door : new String[] {"http", "grpc"}) {
            String tls = "server." + door + ".tls.";
            settings.put(tls + "certificate", certificate.toString());
            settings.put(tls + "key", key.toString());
            if (clients) {
                settings.put(tls + "client-ca", authority.toString());
            }
        }
        return settings;
    }
}
