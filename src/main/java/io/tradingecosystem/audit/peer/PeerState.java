package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.egress.Refusal;
import io.tradingecosystem.audit.registry.Protocol;

import java.util.List;
import java.util.Optional;

/**
 * How calls to a peer are doing, at one moment.
 *
 * @param service the name of the peer
 * @param health the best of its instances, as the prober found them; empty if it is not probed, or
 *     not yet
 * @param healths every instance that was probed
 * @param notProbed how many more there were; the first 16 are probed
 * @param instances those that the registry knows and that say that they are healthy
 * @param connections the gRPC connections to all of them
 * @param retries further attempts so far
 * @param rejected calls refused so far because too many were in flight
 * @param inFlight calls in flight
 */
public record PeerState(
        String service,
        Optional<PeerHealth> health,
        List<PeerHealth> healths,
        int notProbed,
        List<Instance> instances,
        Connections connections,
        long retries,
        long rejected,
        long inFlight) {

    public PeerState {
        healths = List.copyOf(healths);
        instances = List.copyOf(instances);
    }

    /**
     * One instance.
     *
     * @param id its name
     * @param address host and port
     * @param protocol what is spoken there
     * @param connection as gRPC calls it, such as {@code READY} or {@code IDLE}; empty if none was
     *     ever needed, or calls make their own
     * @param breaker whether it is called
     * @param steppedOut whether it is chosen last
     * @param inFlight attempts in flight
     * @param refused why it is not called, if its address is one that is not
     */
    public record Instance(
            String id,
            String address,
            Protocol protocol,
            Optional<String> connection,
            BreakerState breaker,
            boolean steppedOut,
            int inFlight,
            Optional<Refusal> refused) {}

    /**
     * Counts of connections.
     *
     * @param open open now
     * @param opened made so far
     * @param failed attempts that came to nothing so far
     */
    public record Connections(int open, long opened, long failed) {}
}
