package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.settings.PeerSettings;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * The other services, as this one calls them:
 *
 * {@snippet file="peer/PeerExampleTest.java" region="call"}
 *
 * <p>Every call gives an answer, or a {@link ServiceUnavailableException} that says who was not
 * available and why, before its deadline. Thread-safe.
 */
public final class PeerClients implements AutoCloseable {
    private static final String RISK_MONITOR = "risk-monitor";
    private static final String TRADING_ENGINE = "trading-system-engine";

    /**
     * The registry may name any service; a caller that asks for more of them asks for names at
     * random.
     */
    private static final int MAX_PEERS = 256;

    private final ServiceRegistry registry;
    private final PeerSettings settings;
    private final PeerParts parts;
    private final Map<String, PeerClient> peers = new ConcurrentHashMap<>();

    private PeerClients(ServiceRegistry registry, PeerSettings settings, PeerParts parts) {
        this.registry = registry;
        this.settings = settings;
        this.parts = parts;
    }

    /**
     * Starts to watch the health of the peers that the settings know. No connection for calls is
     * made before the first call.
     *
     * @param egress which addresses are called, of those that the registry has
     * @param random for jitter and choices; must be thread-safe
     */
    public static PeerClients create(
            ServiceRegistry registry,
            PeerSettings settings,
            EgressPolicy egress,
            PeerObserver observer,
            Time time,
            RandomGenerator random) {
        ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("peer-", 0).factory());
        PeerParts parts =
                new PeerParts(
                        observer,
                        time,
                        random,
                        threads,
                        new OwnAddresses(),
                        egress,
                        new TracePropagation(random));
        PeerClients clients = new PeerClients(registry, settings, parts);
        settings.known().forEach(clients::peer);
        return clients;
    }

    /** The risk monitor. */
    public RiskMonitorClient riskMonitor() {
        return new RiskMonitorClient(peer(RISK_MONITOR), settings.riskInstrument());
    }

    /** The trading engine. */
    public TradingEngineClient tradingEngine() {
        return new TradingEngineClient(peer(TRADING_ENGINE));
    }

    /**
     * Any peer, by its name in the registry.
     *
     * @throws IllegalStateException if far too many names were asked for
     */
    public PeerClient peer(String service) {
        PeerClient known = peers.get(service);
        if (known != null) {
            return known;
        }
        if (peers.size() >= MAX_PEERS) {
            throw new IllegalStateException("more than " + MAX_PEERS + " peers");
        }
        return peers.computeIfAbsent(
                service,
                name ->
                        new PeerClient(
                                name,
                                settings.policy(name),
                                registry,
                                parts,
                                settings.known().contains(name)));
    }

    /** Says where this process itself can be reached, so that it never calls itself. */
    public void listeningOn(InetSocketAddress address) {
        parts.own().add(address);
    }

    /** How calls to each peer are doing that is known or was called, by name. */
    public List<PeerState> states() {
        return new TreeMap<>(peers).values().stream().map(PeerClient::state).toList();
    }

    /** Ends all connections; calls in flight get some time. Blocks until then. */
    @Override
    public void close() {
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            peers.values().forEach(peer -> closing.execute(peer::close));
        }
        parts.threads().shutdown();
    }
}
