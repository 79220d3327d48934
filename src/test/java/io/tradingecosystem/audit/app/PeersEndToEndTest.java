package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.testing.CorrelatorProcess;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.PythonPeer;
import io.tradingecosystem.audit.testing.RedisServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Two correlators and a peer in another language, each a process of its own, with a real Redis
 * between them. Every call gets an answer or a named error in time, and leaves nothing behind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeersEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the correlators give a call; on a busy machine the answer may take its time as well. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration IN_TIME = TIMEOUT.plusSeconds(3);
    private static final String METRICS = "/api/v1/peers/risk-monitor/metrics";
    private static final Set<String> REASONS =
            Set.of("NO_INSTANCE", "CONNECT_FAILED", "TIMED_OUT", "BREAKER_OPEN", "REFUSED");

    private final RedisServer redis = RedisServer.start();
    private final List<PythonPeer> peers = new ArrayList<>();
    private final Set<Integer> peerPorts = new HashSet<>();
    private final List<CorrelatorProcess> started = new ArrayList<>();
    private CorrelatorProcess one;
    private CorrelatorProcess two;
    private Http http;
    private int threadsBefore;

    @BeforeAll
    void start() throws Exception {
        PythonPeer.require();
        one = start("audit-1");
        two = start("audit-2");
        http = Http.of(port("audit-1", "http_port"));
        await().atMost(PATIENCE).until(() -> seen("audit-1").equals(Set.of("audit-2")));
        threadsBefore = one.threads("peer-");
    }

    private CorrelatorProcess start(String instance) throws Exception {
        CorrelatorProcess process = CorrelatorProcess.start(instance, settings());
        started.add(process);
        return process;
    }

    @AfterAll
    void stop() throws Exception {
        redis.close();
        for (CorrelatorProcess each : started) {
            assertThat(each.end()).isZero();
        }
    }

    /** Whatever happened, when the peers have left nothing of them is left. */
    @AfterEach
    void leaveNothingBehind() throws Exception {
        if (redis.client().keys("*").isEmpty()) {
            redis.restart();
        }
        redis.client().keys("services:risk-monitor*").forEach(key -> redis.client().del(key));
        peers.forEach(PythonPeer::thaw);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            JsonNode risk = peer("risk-monitor");
                            assertThat(risk.get("instances")).isEmpty();
                            assertThat(risk.get("connections").get("open").asInt()).isZero();
                            assertThat(risk.get("in_flight").asInt()).isZero();
                            assertThat(one.connectionsTo(peerPorts)).isZero();
                            assertThat(one.threads("peer-")).isLessThanOrEqualTo(threadsBefore + 8);
                        });
        peers.forEach(PythonPeer::kill);
        peers.clear();
    }

    @Test
    void shouldFindEachOtherAndNeverThemselves() {
        await().atMost(PATIENCE).until(() -> seen("audit-2").equals(Set.of("audit-1")));
        await().atMost(PATIENCE).until(() -> state(peer("audit-correlator")).equals("SERVING"));
    }

    @Test
    void shouldCallAPeerOfAnotherLanguage() {
        announce("risk-1", PythonPeer.grpc());

        JsonNode metrics = answer("GRPC");

        assertThat(metrics.get("instance").asText()).isEqualTo("risk-1");
        assertThat(metrics.get("as_of").asText()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(metrics.get("metrics").get(0).get("name").asText()).isEqualTo("exposure");
        assertThat(metrics.get("metrics").get(0).get("value").asDouble()).isEqualTo(125000.5);
        await().atMost(PATIENCE).until(() -> state(peer("risk-monitor")).equals("SERVING"));
        assertThat(peer("risk-monitor").get("connections").get("opened").asInt()).isPositive();
    }

    @Test
    void shouldAskAPeerThatSpeaksHttpAlone() {
        PythonPeer rest = started(PythonPeer.http());
        write("risk-1", rest.port(), rest.port());

        JsonNode metrics = answer("REST");

        assertThat(metrics.get("metrics").get(1).get("name").asText()).isEqualTo("limits.breached");
        rest.freeze();
        assertThat(everyCallIsAnswered()).doesNotContain("OK");
        rest.thaw();
        answer("REST");
    }

    @Test
    void shouldBearAPeerThatIsKilledAndComesBackElsewhere() {
        PythonPeer peer = announce("risk-1", PythonPeer.grpc());
        answer("GRPC");

        peer.kill();

        assertThat(everyCallIsAnswered()).doesNotContain("OK");
        await().atMost(PATIENCE).until(() -> state(peer("risk-monitor")).equals("UNREACHABLE"));
        assertThat(http.get("/health").statusCode()).isEqualTo(200);
        announce("risk-1", PythonPeer.grpc());
        answer("GRPC");
    }

    @Test
    void shouldBearAPeerThatStopsInItsTracks() {
        PythonPeer peer = announce("risk-1", PythonPeer.grpc());
        answer("GRPC");

        peer.freeze();

        assertThat(everyCallIsAnswered()).doesNotContain("OK");
        await().atMost(PATIENCE).until(() -> state(peer("risk-monitor")).equals("UNREACHABLE"));
        peer.thaw();
        answer("GRPC");
    }

    @Test
    void shouldBearSlowAnswersAndFailures() {
        PythonPeer peer = announce("risk-1", PythonPeer.grpc());
        answer("GRPC");

        peer.tell("slow 10");
        assertThat(everyCallIsAnswered()).doesNotContain("OK");
        peer.tell("well");
        answer("GRPC");
        peer.tell("fail INTERNAL");
        assertThat(everyCallIsAnswered()).doesNotContain("OK");
        peer.tell("well");
        answer("GRPC");
    }

    @Test
    void shouldBearARegistryThatLies() {
        int own = port("audit-1", "grpc_port");
        write("nobody", RedisServer.freePort(), 0);
        write("ourselves", own, 0);
        await().atMost(PATIENCE).until(() -> peer("risk-monitor").get("instances").size() == 2);

        assertThat(everyCallIsAnswered()).doesNotContain("OK");
        assertThat(http.get("/metrics").body()).doesNotContain("risk.v1.RiskMonitorService");
        announce("risk-1", PythonPeer.grpc());
        JsonNode metrics = answer("GRPC");
        assertThat(metrics.get("instance").asText()).isEqualTo("risk-1");
    }

    @Test
    void shouldGoOnWithoutRedis() {
        announce("risk-1", PythonPeer.grpc());
        answer("GRPC");

        redis.kill();

        assertThat(everyCallIsAnswered()).containsOnly("OK");
        redis.restart();
        await().atMost(PATIENCE)
                .until(() -> redis.client().exists("services:audit-correlator:audit-1"));
    }

    /** Calls at once, each of which must end in time; gives what came of them. */
    private Set<String> everyCallIsAnswered() {
        Set<String> outcomes = new HashSet<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(callers.submit(this::call));
            }
            for (Future<String> call : calls) {
                outcomes.add(call.get(60, TimeUnit.SECONDS));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return outcomes;
    }

    private String call() {
        long started = System.nanoTime();
        HttpResponse<String> response = http.get(METRICS);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(IN_TIME);
        if (response.statusCode() == 200) {
            return "OK";
        }
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        String reason = Http.json(response).get("reason").asText();
        assertThat(reason).isIn(REASONS);
        return reason;
    }

    /** The metrics, when they come from there; in between anything named may happen. */
    private JsonNode answer(String source) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            call();
                            return Http.json(http.get(METRICS));
                        },
                        body -> body.path("source").asText().equals(source));
    }

    private JsonNode peer(String service) {
        for (JsonNode each : Http.json(http.get("/api/v1/peers")).get("peers")) {
            if (each.get("service").asText().equals(service)) {
                return each;
            }
        }
        throw new AssertionError("no peer " + service);
    }

    private static String state(JsonNode peer) {
        return peer.path("health").path("state").asText();
    }

    /** The correlators that one of them can call. */
    private Set<String> seen(String by) {
        Set<String> ids = new HashSet<>();
        JsonNode peers =
                Http.json(Http.of(port(by, "http_port")).get("/api/v1/peers")).get("peers");
        for (JsonNode each : peers) {
            if (each.get("service").asText().equals("audit-correlator")) {
                each.get("instances").forEach(instance -> ids.add(instance.get("id").asText()));
            }
        }
        return ids;
    }

    private PythonPeer announce(String id, PythonPeer peer) {
        write(id, started(peer).port(), 0);
        return peer;
    }

    private PythonPeer started(PythonPeer peer) {
        peers.add(peer);
        peerPorts.add(peer.port());
        return peer;
    }

    private void write(String id, int grpcPort, int httpPort) {
        redis.client()
                .set(
                        "services:risk-monitor:" + id,
                        """
                        {"id":"%s","name":"risk-monitor","version":"1","host":"127.0.0.1",\
                        "grpc_port":%d,"http_port":%d,"status":"healthy","metadata":{},\
                        "last_seen":"%s","registered_at":"%s"}\
                        """
                                .formatted(id, grpcPort, httpPort, Instant.now(), Instant.now()));
    }

    private int port(String instance, String name) {
        String key = "services:audit-correlator:" + instance;
        await().atMost(PATIENCE).until(() -> redis.client().exists(key));
        String record = redis.client().get(key);
        return Integer.parseInt(record.replaceAll(".*\"" + name + "\":(\\d+).*", "$1"));
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("registry.redis-url", redis.uri().toString()),
                Map.entry("registry.advertised-host", "127.0.0.1"),
                Map.entry("registry.refresh-interval", "200ms"),
                Map.entry("registry.heartbeat-interval", "1s"),
                Map.entry("configuration.address", "off"),
                Map.entry("peers.known", "risk-monitor,audit-correlator"),
                Map.entry("peers.defaults.timeout", TIMEOUT.toMillis() + "ms"),
                Map.entry("peers.defaults.attempt-timeout", "800ms"),
                Map.entry("peers.defaults.breaker.open", "500ms"),
                Map.entry("peers.defaults.breaker.calls", "5"),
                Map.entry("peers.defaults.connection.timeout", "500ms"),
                Map.entry("peers.defaults.connection.drain", "1s"),
                Map.entry("peers.defaults.probe.interval", "300ms"),
                Map.entry("peers.defaults.probe.timeout", "700ms"));
    }
}
