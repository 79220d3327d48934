package io.tradingecosystem.audit.correlation.analysis;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Side;
import io.tradingecosystem.audit.correlation.links.EventRef;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkIndex;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * One side of one chain, for one use.
 *
 * <p>First the events are gathered breadth-first, so that the depth of an event is the fewest links
 * between it and the root. Where a layer holds more events than may still be taken, those are taken
 * whose link to the layer before is better: more confident, then of the shorter delay, then by ids.
 * Then the best path to each is found among the gathered ones by Dijkstra's algorithm ("A note on
 * two problems in connexion with graphs", 1959), with the product of confidences in place of the
 * sum of lengths: as no confidence is over 1, a longer path is never better. Of paths of one
 * product the one with fewer links is the best, then the one whose last link is better.
 */
final class ChainSearch {
    /** More links of one event are not followed. */
    static final int MAX_LINKS = 1_000;

    private static final Comparator<Link> BETTER_FIRST =
            Comparator.comparingDouble(Link::confidence)
                    .reversed()
                    .thenComparing(link -> link.delay().abs())
                    .thenComparing(Link::causeId)
                    .thenComparing(Link::effectId)
                    .thenComparing(Link::kind)
                    .thenComparing(Link::rule);

    private final LinkIndex index;
    private final boolean forward;
    private final int deepest;
    private final int size;
    private final Map<String, Integer> depths = new LinkedHashMap<>();
    private final Map<String, List<Link>> edges = new HashMap<>();
    private final Map<String, Path> best = new LinkedHashMap<>();
    private final Set<Bound> cuts = EnumSet.noneOf(Bound.class);

    ChainSearch(LinkIndex index, Side side, int deepest, int size) {
        this.index = index;
        this.forward = side == Side.EFFECT;
        this.deepest = deepest;
        this.size = size;
    }

    /**
     * The best path to an event.
     *
     * @param depth the fewest links from the root, maybe by another path
     * @param via its last link
     */
    record Path(EventRef event, int depth, int hops, double confidence, Link via) {
        String eventId() {
            return event.id();
        }
    }

    void from(EventRef root) {
        gather(root);
        findPaths(root.id());
    }

    /** The best path to every event that was found, the root left out. */
    List<Path> paths() {
        return List.copyOf(best.values());
    }

    /** Every link among the root and the events that were found. */
    List<Link> links() {
        List<Link> links = new ArrayList<>();
        edges.values().forEach(links::addAll);
        return links;
    }

    /** What left something out. */
    Set<Bound> cuts() {
        return cuts;
    }

    private void gather(EventRef root) {
        depths.put(root.id(), 0);
        List<EventRef> layer = List.of(root);
        for (int depth = 0; !layer.isEmpty(); depth++) {
            List<Link> onward = onward(layer);
            if (depth == deepest && !onward.isEmpty()) {
                cuts.add(Bound.CHAIN_DEPTH);
                onward = List.of();
            }
            layer = take(onward, depth + 1);
        }
        edges.values().forEach(list -> list.removeIf(link -> !depths.containsKey(end(link))));
    }

    /** Remembers the links of a layer; gives those that lead on to other events, the best first. */
    private List<Link> onward(List<EventRef> layer) {
        List<Link> onward = new ArrayList<>();
        Iterator<List<Link>> found = linksOf(layer).iterator();
        for (EventRef event : layer) {
            List<Link> links = followed(found.next());
            edges.put(event.id(), links);
            for (Link link : links) {
                if (!depths.containsKey(end(link))) {
                    onward.add(link);
                }
            }
        }
        onward.sort(BETTER_FIRST);
        return onward;
    }

    private List<List<Link>> linksOf(List<EventRef> layer) {
        return forward
                ? index.effectsOf(layer, MAX_LINKS + 1)
                : index.causesOf(layer, MAX_LINKS + 1);
    }

    private List<Link> followed(List<Link> links) {
        if (links.size() > MAX_LINKS) {
            cuts.add(Bound.CHAIN_FANOUT);
            return new ArrayList<>(links.subList(0, MAX_LINKS));
        }
        return new ArrayList<>(links);
    }

    private List<EventRef> take(List<Link> onward, int depth) {
        List<EventRef> layer = new ArrayList<>();
        for (Link link : onward) {
            if (depths.containsKey(end(link))) {
                continue;
            }
            if (depths.size() > size) {
                cuts.add(Bound.CHAIN_SIZE);
                break;
            }
            depths.put(end(link), depth);
            layer.add(endRef(link));
        }
        return layer;
    }

    private void findPaths(String root) {
        PriorityQueue<Path> queue =
                new PriorityQueue<>(
                        Comparator.comparingDouble(Path::confidence)
                                .reversed()
                                .thenComparingInt(Path::hops)
                                .thenComparing(Path::via, BETTER_FIRST));
        Set<String> settled = new HashSet<>();
        settled.add(root);
        step(root, 0, 1, queue, settled);
        while (!queue.isEmpty()) {
            Path path = queue.remove();
            if (settled.add(path.eventId())) {
                best.put(path.eventId(), path);
                step(path.eventId(), path.hops(), path.confidence(), queue, settled);
            }
        }
    }

    private void step(
            String id,
            int hops,
            double confidence,
            PriorityQueue<Path> queue,
            Set<String> settled) {
        for (Link link : edges.getOrDefault(id, List.of())) {
            EventRef end = endRef(link);
            if (!settled.contains(end.id())) {
                queue.add(
                        new Path(
                                end,
                                depths.getOrDefault(end.id(), 0),
                                hops + 1,
                                confidence * link.confidence(),
                                link));
            }
        }
    }

    private String end(Link link) {
        return endRef(link).id();
    }

    private EventRef endRef(Link link) {
        return forward ? link.effect() : link.cause();
    }
}
