package io.tradingecosystem.audit.peer;

import static io.tradingecosystem.audit.peer.PeerHealth.State.SERVING;
import static io.tradingecosystem.audit.peer.PeerHealth.State.UNKNOWN;

import java.time.Instant;
import java.util.Collection;

/**
 * Whether a peer is alive, as its prober found it.
 *
 * @param service the name of the peer
 * @param state what it is
 * @param asked when the instance was asked that answered, or when nobody was found alive
 * @param at when that was known
 * @param detail why it is so, in words
 */
public record PeerLife(String service, State state, Instant asked, Instant at, String detail) {

    /** What a peer is. */
    public enum State {
        /** An instance answers, and does not say that it does not serve. */
        ALIVE,
        /** Every instance was asked; none answers, but to say that it does not serve. */
        DEAD,
        /** The registry has no instance. */
        ABSENT,
        /** Not every instance was asked, and of those that were none is alive. */
        UNKNOWN
    }

    /**
     * By what its instances said.
     *
     * @param unasked how many more instances there are
     * @param now what time it is
     */
    static PeerLife of(String service, Collection<PeerHealth> instances, int unasked, Instant now) {
        return instances.stream()
                .filter(each -> each.state() == SERVING || each.state() == UNKNOWN)
                .findFirst()
                .map(each -> alive(service, each))
                .orElseGet(() -> notAlive(service, instances, unasked, now));
    }

    private static PeerLife alive(String service, PeerHealth answer) {
        Instant asked = answer.at().minus(answer.latency());
        String who = answer.instance().orElse("") + " answers";
        return new PeerLife(service, State.ALIVE, asked, answer.at(), who);
    }

    private static PeerLife notAlive(
            String service, Collection<PeerHealth> instances, int unasked, Instant now) {
        if (unasked > 0) {
            return new PeerLife(service, State.UNKNOWN, now, now, unasked + " were not asked");
        }
        return instances.stream()
                .findFirst()
                .map(each -> new PeerLife(service, State.DEAD, each.at(), each.at(), told(each)))
                .orElseGet(
                        () ->
                                new PeerLife(
                                        service, State.ABSENT, now, now, "no instance is known"));
    }

    private static String told(PeerHealth health) {
        return health.instance().orElse("") + " is " + health.state() + " " + health.detail();
    }
}
