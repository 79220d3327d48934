package io.tradingecosystem.audit.correlation.analysis;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What led to an event and what it led to, as a graph. Immutable.
 *
 * @param root the event it is about
 * @param nodes the root and what is linked to it, the nearest first: by depth, then time, then id.
 *     An event that is cause and effect of the root at once, in a cycle, is there once for each
 *     side
 * @param links every link between the events of one side, causes in the order of their time
 * @param incomplete what was left out
 */
public record CausalChain(
        AuditEvent root, List<Node> nodes, List<Link> links, List<Omission> incomplete) {

    public CausalChain {
        nodes = List.copyOf(nodes);
        links = List.copyOf(links);
        incomplete = List.copyOf(incomplete);
    }

    /** Whether something was left out. */
    public boolean isTruncated() {
        return !incomplete.isEmpty();
    }

    /**
     * An event of the chain.
     *
     * @param eventId its id
     * @param event the event; empty if links know it and the log does not, or no longer
     * @param side where it stands
     * @param occurredAt when, by its source's clock
     * @param depth the fewest links between it and the root; 0 for the root
     * @param delay from the root's occurred_at to its own; negative for what came before
     * @param confidence the product of the confidences along its best path, the one for which that
     *     product is greatest; 1 for the root
     * @param via the link of the best path that ends here; empty for the root
     * @param alternatives links from other causes that could explain this event as well, the best
     *     first and one for each cause; on the side of effects other than the cause on its best
     *     path, elsewhere other than its best cause
     */
    public record Node(
            String eventId,
            Optional<AuditEvent> event,
            Side side,
            Instant occurredAt,
            int depth,
            Duration delay,
            double confidence,
            Optional<Link> via,
            List<Link> alternatives) {

        public Node {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** Where an event of a chain stands. */
    public enum Side {
        /** It led to the root. */
        CAUSE,
        /** The event that was asked for. */
        ROOT,
        /** The root led to it. */
        EFFECT
    }
}
