package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.peer.PeerState;
import io.tradingecosystem.audit.registry.ServiceInstance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a topology is made of, at one moment. Immutable.
 *
 * @param instances those that the registry has
 * @param stale whether the registry could not be asked lately
 * @param left when instances were last in the registry that are not there any more
 * @param peers how the peers answered to probes
 * @param own who asks them; empty before it is known
 * @param nodes when there were events of each participant, or some that name it
 * @param hops when something went over each hop
 * @param nodeTraffic what was measured of each participant
 * @param hopTraffic what was measured of each hop
 * @param expected what the topology file says
 * @param now when that was
 */
record Seen(
        List<ServiceInstance> instances,
        boolean stale,
        Map<Participant, Instant> left,
        List<PeerState> peers,
        Optional<Participant> own,
        Map<Participant, Sighting> nodes,
        Map<Hop, Sighting> hops,
        Map<Participant, Traffic> nodeTraffic,
        Map<Hop, Traffic> hopTraffic,
        ExpectedTopology expected,
        Instant now) {
    Seen {
        instances = List.copyOf(instances);
        left = Map.copyOf(left);
        peers = List.copyOf(peers);
        nodes = Map.copyOf(nodes);
        hops = Map.copyOf(hops);
        nodeTraffic = Map.copyOf(nodeTraffic);
        hopTraffic = Map.copyOf(hopTraffic);
    }
}
