package io.tradingecosystem.audit.neighbours;

import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatusSection;
import io.tradingecosystem.audit.peer.BreakerState;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.peer.PeerHealth;
import io.tradingecosystem.audit.peer.PeerObserver;
import io.tradingecosystem.audit.peer.PeerState;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Shows the peers in metrics, health and status. */
public final class PeerMonitoring implements PeerObserver {
    private static final List<String> PEER = List.of("peer");

    private final Monitoring monitoring;
    private final Meters.Timers calls;
    private final Meters.Timers probes;

    private PeerMonitoring(Monitoring monitoring) {
        this.monitoring = monitoring;
        this.calls =
                monitoring
                        .meters()
                        .timers(
                                "peer_call_duration",
                                "How long calls to peers took, with all their attempts",
                                List.of("peer", "outcome"),
                                Buckets.ofAnswers());
        this.probes =
                monitoring
                        .meters()
                        .timers(
                                "peer_probe_duration",
                                "How long instances of peers took to say how they are",
                                PEER,
                                Buckets.ofAnswers());
    }

    /** Starts to count what is done with peers that are given this as their observer. */
    public static PeerMonitoring create(Monitoring monitoring) {
        return new PeerMonitoring(monitoring);
    }

    /** Shows how the peers are; that one is away never makes this service unhealthy. */
    public void show(PeerClients peers) {
        monitoring.status().add(new StatusSection("peers", () -> byService(peers)));
        monitoring.health().add(Health.detail("peers", () -> healths(peers)));
        gauges(
                peers,
                "peer_health",
                "1 while a peer serves, 0 while it does not",
                state -> serves(state) ? 1 : 0);
        gauges(
                peers,
                "peer_health_latency_seconds",
                "How long the best instance of a peer took to say how it is",
                state ->
                        state.health().map(PeerHealth::latency).orElse(Duration.ZERO).toNanos()
                                / 1e9);
        gauges(
                peers,
                "peer_instances",
                "Ports of instances that are called",
                state -> state.instances().stream().filter(each -> !refused(each)).count());
        gauges(
                peers,
                "peer_instances_refused",
                "Ports of instances that are not called because of their address",
                state -> state.instances().stream().filter(PeerMonitoring::refused).count());
        gauges(
                peers,
                "peer_breakers_open",
                "Ports of instances that are left alone, or being tried again",
                state ->
                        state.instances().stream()
                                .filter(each -> each.breaker() != BreakerState.CLOSED)
                                .count());
        gauges(
                peers,
                "peer_stepped_out",
                "Ports of instances that are chosen last",
                state -> state.instances().stream().filter(PeerState.Instance::steppedOut).count());
        gauges(peers, "peer_calls_in_flight", "Calls in flight", PeerState::inFlight);
        gauges(
                peers,
                "peer_connections_open",
                "gRPC connections to peers",
                state -> state.connections().open());
        counters(
                peers,
                "peer_connections_opened",
                "gRPC connections made to peers",
                state -> state.connections().opened());
        counters(
                peers,
                "peer_connections_failed",
                "gRPC connections to peers that came to nothing",
                state -> state.connections().failed());
        counters(peers, "peer_retries", "Further attempts of calls", PeerState::retries);
        counters(
                peers,
                "peer_calls_rejected",
                "Calls refused because too many were in flight",
                PeerState::rejected);
    }

    @Override
    public void called(String service, String outcome, Duration duration) {
        calls.record(duration.toNanos(), service, outcome);
    }

    @Override
    public void probed(PeerHealth health) {
        if (health.source().isPresent()) {
            probes.record(health.latency().toNanos(), health.service());
        }
    }

    private void gauges(
            PeerClients peers, String name, String help, ToDoubleFunction<PeerState> value) {
        monitoring.meters().gauges(name, help, PEER, () -> values(peers, value));
    }

    private void counters(
            PeerClients peers, String name, String help, ToDoubleFunction<PeerState> value) {
        monitoring.meters().counters(name, help, PEER, () -> values(peers, value));
    }

    private static Map<List<String>, Double> values(
            PeerClients peers, ToDoubleFunction<PeerState> value) {
        Map<List<String>, Double> values = new HashMap<>();
        peers.states()
                .forEach(state -> values.put(List.of(state.service()), value.applyAsDouble(state)));
        return values;
    }

    private static boolean refused(PeerState.Instance instance) {
        return instance.refused().isPresent();
    }

    private static boolean serves(PeerState state) {
        return state.health()
                .filter(health -> health.state() == PeerHealth.State.SERVING)
                .isPresent();
    }

    private static Map<String, Object> healths(PeerClients peers) {
        Map<String, Object> healths = new LinkedHashMap<>();
        peers.states()
                .forEach(
                        state ->
                                healths.put(
                                        state.service(),
                                        state.health()
                                                .map(health -> health.state().name())
                                                .orElse("NOT_PROBED")));
        return healths;
    }

    private static Map<String, PeerState> byService(PeerClients peers) {
        Map<String, PeerState> states = new LinkedHashMap<>();
        peers.states().forEach(state -> states.put(state.service(), state));
        return states;
    }
}
