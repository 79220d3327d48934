package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.FakeConfigurationService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Every way in which a service may answer, or not. */
class ConfigurationAnswersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String[] QUICK = {
        "timeout", "600ms", "attempts", "2", "max-answer-size", "2KiB", "breaker.calls", "1000"
    };

    private final FakeConfigurationService service = FakeConfigurationService.start();
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(service));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, redirected: status 301",
        "307, redirected: status 307",
        "400, refused: status 400",
        "401, refused: status 401",
        "204, answer unreadable: empty",
    })
    void shouldNotAskAgainAtOnceWhenTheAnswerIsOfNoUse(int status, String reason) {
        service.misbehave(
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/login");
                    FakeConfigurationService.send(exchange, status, "");
                });
        ConfigurationClient client = open(QUICK);

        assertThatThrownBy(() -> client.get("some.key"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(reason);
        assertThat(service.requests("some.key")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void shouldAskAgainWhenTheServiceFails(int status) {
        AtomicInteger asked = new AtomicInteger();
        service.misbehave(
                exchange -> {
                    boolean ofInterest = exchange.getRequestURI().toString().endsWith("some.key");
                    if (ofInterest && asked.incrementAndGet() == 2) {
                        FakeConfigurationService.send(exchange, 200, "{\"value\":1}");
                    } else {
                        FakeConfigurationService.send(exchange, status, "broken");
                    }
                });

        assertThat(open(QUICK).get("some.key").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>welcome</html>", "", "{\"valu\":1}", "[]"})
    void shouldSayThatAnAnswerIsUnreadable(String body) {
        service.answerAlways(200, body);
        try (CapturedLog log = CapturedLog.of(ConfigurationClient.class.getPackage())) {
            ConfigurationClient client = open(QUICK);

            assertThatThrownBy(() -> client.get("some.key"))
                    .hasMessageContaining("answer unreadable");

            assertThat(log.lines("configuration.unusable_answer"))
                    .filteredOn(line -> line.contains("some.key"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("answer unreadable"));
        }
    }

    @Test
    void shouldNotLetOneBadKeySpoilTheOthers() {
        service.answer("bad.key", "nonsense").put("good.key", "1", "number");
        ConfigurationClient client =
                open("breaker.calls", "2", "breaker.error-percent", "50", "failure-ttl", "0s");

        for (int i = 0; i < 20; i++) {
            assertThat(client.find("bad.key")).isEmpty();
        }

        assertThat(client.get("good.key").asInt()).isEqualTo(1);
        assertThat(client.statistics().state()).isEqualTo(ConfigurationStatistics.State.CONNECTED);
    }

    @Test
    void shouldNotReadMoreThanTheLimit() {
        AtomicInteger written = new AtomicInteger();
        service.misbehave(
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    OutputStream out = exchange.getResponseBody();
                    out.write("{\"value\":\"".getBytes(StandardCharsets.UTF_8));
                    byte[] chunk = "x".repeat(64 << 10).getBytes(StandardCharsets.UTF_8);
                    while (written.addAndGet(chunk.length) > 0) {
                        out.write(chunk);
                    }
                });
        ConfigurationClient client = open(QUICK);

        assertThatThrownBy(() -> client.get("some.key"))
                .hasMessageContaining("answer too large")
                .hasMessageContaining("configuration.max-answer-size");
        // The server notices that nobody reads on.
        int now = written.get();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ofMillis(200))
                .until(() -> written.get() < now + (100 << 20));
    }

    @Test
    void shouldNotEvenReadWhatSaysThatItIsTooLarge() {
        service.answerAlways(200, "{\"value\":\"" + "x".repeat(2 << 10) + "\"}");

        assertThatThrownBy(() -> open(QUICK).get("some.key")).hasMessageContaining("too large");
    }

    @Test
    void shouldEndASlowTrickleInTime() {
        service.misbehave(
                exchange -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    while (true) {
                        exchange.getResponseBody().write(' ');
                        exchange.getResponseBody().flush();
                        pause();
                    }
                });
        ConfigurationClient client = open(QUICK);
        long started = System.nanoTime();

        assertThatThrownBy(() -> client.get("some.key")).isInstanceOf(ConfigurationException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENCE.dividedBy(6));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(client.statistics().lastError())
                                        .hasValueSatisfying(
                                                error ->
                                                        assertThat(error)
                                                                .contains("no answer in time")));
    }

    @Test
    void shouldGiveUpOnAPeerThatNeverAnswers() throws IOException {
        // The kernel accepts, nobody answers: what a half-open connection looks like.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            ConfigurationClient client = open(plus(QUICK, "url", url));

            assertThat(client.get("some.key", "mine").asString()).isEqualTo("mine");

            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    client.statistics()
                                            .lastError()
                                            .filter(error -> error.contains("no answer in time"))
                                            .isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ERR unknown command\r\n",
                "HTTP/1.1 2",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"value\":",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "",
            })
    void shouldSurviveAPeerThatDoesNotSpeakHttp(String said) throws IOException {
        try (ServerSocket strange = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAll(strange, said));
            String url = "http://127.0.0.1:" + strange.getLocalPort();
            ConfigurationClient client = open(plus(QUICK, "url", url));

            assertThatThrownBy(() -> client.get("some.key"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("could not be asked");
        }
    }

    @Test
    void shouldSayThatAServiceDoesNotSpeakTls() {
        String url = "https://127.0.0.1:" + service.port();
        ConfigurationClient client = open(plus(QUICK, "url", url));

        assertThatThrownBy(() -> client.get("some.key"))
                .hasMessageContaining(url)
                .hasMessageContaining("could not be asked");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void shouldAskWhereTheTemplateSays() {
        service.misbehave(
                exchange -> FakeConfigurationService.send(exchange, 200, "{\"value\":1}"));
        ConfigurationClient client =
                ConfigurationClient.builder(
                                Configurations.settings(
                                        service,
                                        "path",
                                        "{url}/api/v1/configuration?key={key}&environment={environment}"))
                        .environment("stage 2")
                        .start();
        opened.add(client);

        client.get("a/b c?d=%é&e+#f");

        assertThat(service.requests())
                .filteredOn(request -> request.contains("stage"))
                .extracting(URI::create)
                .allMatch(uri -> uri.getPath().equals("/api/v1/configuration"))
                .extracting(uri -> Set.of(uri.getRawQuery().split("&", -1)))
                .contains(
                        Set.of(
                                "key=a%2Fb%20c%3Fd%3D%25%C3%A9%26e%2B%23f",
                                "environment=stage%202"));
    }

    @Test
    void shouldKeepAnOddKeyInItsPlaceInThePath() {
        ConfigurationClient client = open();

        client.find("../../admin?x=1");
        client.find("..");

        assertThat(service.requests())
                .contains(
                        "/api/v1/configuration/..%2F..%2Fadmin%3Fx%3D1",
                        "/api/v1/configuration/%2E%2E");
    }

    @Test
    void shouldFindTheServiceInTheRegistryAndFollowIt() {
        service.put("some.key", "1", "number");
        try (FakeConfigurationService moved = FakeConfigurationService.start()) {
            moved.put("some.key", "2", "number");
            List<Optional<URI>> places =
                    new ArrayList<>(List.of(Optional.empty(), Optional.of(service.uri())));
            AtomicInteger at = new AtomicInteger();
            places.add(Optional.of(moved.uri()));
            ConfigurationClient client =
                    ConfigurationClient.builder(
                                    Configurations.settings(
                                            service, "address", "registry", "failure-ttl", "0s"))
                            .registry(() -> places.get(at.get()))
                            .start();
            opened.add(client);

            assertThatThrownBy(() -> client.get("some.key"))
                    .hasMessageContaining("configuration-service in the registry")
                    .hasMessageContaining("no address");
            at.set(1);
            await().atMost(PATIENCE).until(() -> client.get("some.key", "0").asInt() == 1);
            at.set(2);
            client.requestRefresh();
            await().atMost(PATIENCE).until(() -> client.get("some.key").asInt() == 2);
        }
    }

    @Test
    void shouldNotAskWhereTheRegistrySaysIfThatIsNotCalled() {
        service.put("some.key", "1", "number");
        ConfigurationClient client =
                ConfigurationClient.builder(
                                Configurations.settings(
                                        service, "address", "registry", "failure-ttl", "0s"))
                        .registry(() -> Optional.of(service.uri()))
                        .egress(EgressPolicy.create(List.of("10.0.0.0/8"), kind -> {}))
                        .start();
        opened.add(client);

        assertThatThrownBy(() -> client.get("some.key"))
                .hasMessageContaining("is not in access.peer-addresses");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void shouldAskWhereTheSettingsSayWhateverThatIs() {
        service.put("some.key", "1", "number");
        ConfigurationClient client =
                ConfigurationClient.builder(Configurations.settings(service))
                        .egress(EgressPolicy.create(List.of("10.0.0.0/8"), kind -> {}))
                        .start();
        opened.add(client);

        assertThat(client.get("some.key").asInt()).isOne();
    }

    private ConfigurationClient open(String... changes) {
        ConfigurationClient client = Configurations.open(service, changes);
        opened.add(client);
        return client;
    }

    private static String[] plus(String[] changes, String... more) {
        List<String> all = new ArrayList<>(List.of(changes));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answerAll(ServerSocket server, String said) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }
}
