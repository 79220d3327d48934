package io.tradingecosystem.audit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.egress.Refusal;
import io.tradingecosystem.audit.egress.RefusedAddressException;
import io.tradingecosystem.audit.peer.ServiceUnavailableException.Reason;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.settings.PeerPolicy;
import io.tradingecosystem.audit.testing.ManualRegistry;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Whatever stands in the registry, nobody is called who is not to be. */
class LyingRegistryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ManualRegistry registry = new ManualRegistry();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Refusal.Kind> refused = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "fd00:ec2::254",
                "2852039166",
                "0251.0376.0251.0376",
                "169.254.169.254/latest/meta-data",
                "user@169.254.169.254",
                "dns",
                "unix:///var/run/docker.sock"
            })
    void shouldSayOfARecordWhyNobodyIsCalled(String host) {
        say(ServiceInstance.builder(TestPeer.SERVICE, "liar", host).grpcPort(80).httpPort(80));
        EgressPolicy egress = egress(name -> address("169.254.169.254"));
        PeerClients peers = peers(egress, TestPeer.SERVICE);

        assertThat(failure(peers)).isNotNull();
        assertThat(peers.peer(TestPeer.SERVICE).healthCheck().source()).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(peers.states().getFirst().instances())
                                        .hasSize(2)
                                        .allMatch(each -> each.refused().isPresent()));
        assertThat(refused).isNotEmpty();
    }

    @Test
    void shouldNameTheReasonInTheAnswerToACall() {
        say(ServiceInstance.builder(TestPeer.SERVICE, "liar", "169.254.169.254").grpcPort(80));

        ServiceUnavailableException failure =
                failure(peers(egress(InetAddress::getAllByName), ","));

        assertThat(failure.reason()).isEqualTo(Reason.NO_INSTANCE);
        assertThat(failure).hasMessageContaining("LINK_LOCAL").hasMessageContaining("169.254.");
    }

    @Test
    void shouldCallTheOtherInstance() {
        try (TestPeer honest = TestPeer.start("risk-1")) {
            registry.say(
                    TestPeer.SERVICE,
                    ServiceInstance.builder(TestPeer.SERVICE, "liar", "169.254.169.254")
                            .grpcPort(honest.port())
                            .build(),
                    honest.instance());
            PeerClients peers = peers(egress(InetAddress::getAllByName), ",");

            for (int i = 0; i < 20; i++) {
                assertThat(peers.riskMonitor().riskMetrics().instance()).contains("risk-1");
            }
            peers.close();
        }
    }

    /** The name itself is harmless; what it stands for, is not in the list. */
    @Test
    void shouldHoldEveryClientToTheAddressThatANameStandsFor() {
        try (TestPeer peer = TestPeer.start("risk-1").page("/health", "{\"status\":\"UP\"}")) {
            EgressPolicy egress = EgressPolicy.create(List.of("10.0.0.0/8"), refused::add);
            say(at("localhost", peer));
            PeerClients peers = peers(egress, ",");

            ServiceUnavailableException failure = failure(peers);

            assertThat(failure.reason()).isEqualTo(Reason.CONNECT_FAILED);
            assertThat(failure).hasMessageContaining("NOT_LISTED");
            assertThat(peer.calls).hasValue(0);
            assertThat(peers.states().getFirst().instances())
                    .allMatch(
                            each -> each.refused().orElseThrow().kind() == Refusal.Kind.NOT_LISTED);
            peers.close();
        }
    }

    @Test
    void shouldConnectToTheAddressThatWasChecked() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        EgressPolicy egress =
                egress(
                        name ->
                                address(
                                        asked.getAndIncrement() % 2 == 0
                                                ? "127.0.0.1"
                                                : "169.254.169.254"));
        try (TestPeer peer = TestPeer.start("risk-1").page("/health", "{\"status\":\"UP\"}")) {
            Endpoint.Address grpc = address(Protocol.GRPC, peer.port());

            assertThat(fresh(egress).health(grpc, TestPeer.SERVICE, TIMEOUT))
                    .isEqualTo(PeerHealth.State.SERVING);
            assertThat(asked).hasValue(1);
            StatusRuntimeException failure =
                    catchThrowableOfType(
                            StatusRuntimeException.class,
                            () -> fresh(egress).health(grpc, TestPeer.SERVICE, TIMEOUT));
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("LINK_LOCAL");
        }
    }

    /** The first answer is for the question whether it is us, the second for the connection. */
    @Test
    void shouldNotFollowANameThatChangesWhileItIsAsked() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        EgressPolicy egress =
                egress(
                        name ->
                                address(
                                        asked.getAndIncrement() == 0
                                                ? "127.0.0.1"
                                                : "169.254.169.254"));
        try (TestPeer peer = TestPeer.start("risk-1").page("/health", "{}")) {
            UncheckedIOException failure =
                    catchThrowableOfType(
                            UncheckedIOException.class,
                            () ->
                                    rest(egress)
                                            .get(
                                                    address(Protocol.HTTP, peer.httpPort()),
                                                    "/health",
                                                    TIMEOUT));

            assertThat(failure).hasRootCauseInstanceOf(RefusedAddressException.class);
        }
    }

    @Test
    void shouldNotConnectASocketOfGrpcToWhatIsNotCalled() throws Exception {
        ConnectionCounts counts = new ConnectionCounts();
        PeerSockets sockets =
                new PeerSockets(
                        "metadata.internal",
                        policy(),
                        parts(egress(InetAddress::getAllByName)),
                        counts);

        assertThat(
                        catchThrowableOfType(
                                RefusedAddressException.class,
                                () ->
                                        sockets.createSocket(
                                                InetAddress.getByName("169.254.169.254"), 80)))
                .hasMessageContaining("metadata.internal");
        assertThat(counts.connections().failed()).isOne();
    }

    @Test
    void shouldNotFollowARedirect() throws Exception {
        AtomicInteger followed = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/health",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.createContext(
                "/elsewhere",
                exchange -> {
                    followed.incrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        open.add(() -> server.stop(0));

        HttpAnswerException failure =
                catchThrowableOfType(
                        HttpAnswerException.class,
                        () ->
                                rest(egress(name -> address("127.0.0.1")))
                                        .get(
                                                address(
                                                        Protocol.HTTP,
                                                        server.getAddress().getPort()),
                                                "/health",
                                                TIMEOUT));

        assertThat(failure).hasMessageContaining("302");
        assertThat(followed).hasValue(0);
    }

    private void say(ServiceInstance.Builder instance) {
        registry.say(TestPeer.SERVICE, instance.build());
    }

    private static ServiceInstance.Builder at(String host, TestPeer peer) {
        return ServiceInstance.builder(TestPeer.SERVICE, "risk-1", host)
                .grpcPort(peer.port())
                .httpPort(peer.httpPort());
    }

    private static Endpoint.Address address(Protocol protocol, int port) {
        return new Endpoint.Address("risk-1", protocol, "rebinding.internal", port);
    }

    private static InetAddress[] address(String text) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(text)};
    }

    private EgressPolicy egress(EgressPolicy.Lookup lookup) {
        return EgressPolicy.create(List.of(), lookup, refused::add);
    }

    private static ServiceUnavailableException failure(PeerClients peers) {
        return catchThrowableOfType(
                ServiceUnavailableException.class, () -> peers.riskMonitor().riskMetrics());
    }

    private FreshConnection fresh(EgressPolicy egress) {
        return new FreshConnection(policy(), new ConnectionCounts(), parts(egress));
    }

    private RestClient rest(EgressPolicy egress) {
        return new RestClient(
                TestSettings.of(Map.of()).peers().policy(TestPeer.SERVICE), parts(egress));
    }

    private static PeerPolicy.Connection policy() {
        return TestSettings.of(Map.of()).peers().policy(TestPeer.SERVICE).connection();
    }

    private PeerParts parts(EgressPolicy egress) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        open.add(threads::shutdownNow);
        return new PeerParts(
                PeerObserver.NONE,
                Time.system(),
                new Random(),
                threads,
                new OwnAddresses(),
                egress,
                new TracePropagation(new Random()));
    }

    private PeerClients peers(EgressPolicy egress, String known) {
        PeerClients peers =
                PeerClients.create(
                        registry,
                        TestSettings.of(
                                        Map.of(
                                                "peers.known",
                                                known,
                                                "peers.defaults.timeout",
                                                "5s"))
                                .peers(),
                        egress,
                        PeerObserver.NONE,
                        Time.system(),
                        new Random());
        open.add(peers);
        return peers;
    }
}
