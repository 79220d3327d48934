package io.tradingecosystem.audit.correlation.analysis;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Node;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Side;
import io.tradingecosystem.audit.correlation.links.EventRef;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what led to an event and what it led to, over the links. Thread-safe. */
public final class CausalChains {
    /** So many events are told of at once. */
    private static final int BATCH = 500;

    private static final Comparator<Node> NEAREST_FIRST =
            Comparator.comparingInt(Node::depth)
                    .thenComparing(Node::occurredAt)
                    .thenComparing(Node::eventId);
    private static final Comparator<Link> BY_TIME =
            Comparator.comparing(Link::causedAt)
                    .thenComparing(Link::effectAt)
                    .thenComparing(Link::causeId)
                    .thenComparing(Link::effectId)
                    .thenComparing(Link::kind)
                    .thenComparing(Link::rule);

    private final EventIndex events;
    private final LinkIndex links;

    private CausalChains(EventIndex events, LinkIndex links) {
        this.events = requireNonNull(events, "events is null");
        this.links = requireNonNull(links, "links is null");
    }

    /** Chains over the events and links there are. */
    public static CausalChains create(EventIndex events, LinkIndex links) {
        return new CausalChains(events, links);
    }

    /**
     * The chain of an event.
     *
     * <p>Each side holds the events within {@code depth} links of the root, nearest first, as far
     * as {@code size} goes; see {@link ChainSearch} for what is kept where there are more. Every
     * event is visited once, so cycles end.
     *
     * @return empty if there is no such event
     */
    public Optional<CausalChain> of(Question question) {
        return events.byId(question.eventId()).map(root -> chain(root, question));
    }

    private CausalChain chain(AuditEvent root, Question question) {
        List<Node> nodes = new ArrayList<>();
        Set<Link> edges = new LinkedHashSet<>();
        Set<Bound> cuts = EnumSet.noneOf(Bound.class);
        Alternatives alternatives = new Alternatives();
        nodes.add(
                new Node(
                        root.id(),
                        Optional.of(root),
                        Side.ROOT,
                        root.occurredAt(),
                        0,
                        Duration.ZERO,
                        1,
                        Optional.empty(),
                        alternatives.of(
                                links.causesOf(List.of(EventRef.of(root)), Integer.MAX_VALUE)
                                        .getFirst(),
                                Optional.empty())));
        for (Side side : question.towards().sides()) {
            ChainSearch search = new ChainSearch(links, side, question.depth(), question.size());
            search.from(EventRef.of(root));
            nodes.addAll(nodes(root, side, search.paths(), alternatives));
            edges.addAll(search.links());
            cuts.addAll(search.cuts());
        }
        nodes.sort(NEAREST_FIRST);
        return new CausalChain(
                root,
                nodes,
                edges.stream().sorted(BY_TIME).toList(),
                Omission.all(
                        cuts.stream().map(Omission::some),
                        Omission.ifAny(Bound.CHAIN_ALTERNATIVES, alternatives.leftOut()),
                        missingLinks(nodes)));
    }

    private Stream<Omission> missingLinks(List<Node> nodes) {
        List<Instant> times = nodes.stream().map(Node::occurredAt).sorted().toList();
        return links.incomplete(times.getFirst(), times.getLast()).stream();
    }

    /** What is told of the events that were found, read many at once. */
    private List<Node> nodes(
            AuditEvent root, Side side, List<ChainSearch.Path> paths, Alternatives alternatives) {
        List<Node> nodes = new ArrayList<>();
        for (int from = 0; from < paths.size(); from += BATCH) {
            List<ChainSearch.Path> some = paths.subList(from, Math.min(from + BATCH, paths.size()));
            List<EventRef> refs = some.stream().map(ChainSearch.Path::event).toList();
            Iterator<Optional<AuditEvent>> found =
                    events.at(refs.stream().map(EventRef::position).toList()).iterator();
            Iterator<List<Link>> causes = links.causesOf(refs, Integer.MAX_VALUE).iterator();
            for (ChainSearch.Path path : some) {
                List<Link> others = alternatives.of(causes.next(), explainedBy(side, path));
                nodes.add(node(root, side, path, found.next(), others));
            }
        }
        return nodes;
    }

    private static Optional<String> explainedBy(Side side, ChainSearch.Path path) {
        return side == Side.EFFECT ? Optional.of(path.via().causeId()) : Optional.empty();
    }

    private static Node node(
            AuditEvent root,
            Side side,
            ChainSearch.Path path,
            Optional<AuditEvent> event,
            List<Link> alternatives) {
        Link via = path.via();
        Instant occurredAt = side == Side.EFFECT ? via.effectAt() : via.causedAt();
        return new Node(
                path.eventId(),
                event,
                side,
                occurredAt,
                path.depth(),
                Duration.between(root.occurredAt(), occurredAt),
                path.confidence(),
                Optional.of(via),
                alternatives);
    }

    /**
     * A question for a chain.
     *
     * @param eventId the root
     * @param towards which sides
     * @param depth at most so many links from the root, from 1 to {@link #DEEPEST}
     * @param size at most so many events on each side beside the root, from 1 to {@link #LARGEST}
     */
    public record Question(String eventId, Towards towards, int depth, int size) {
        public static final int DEEPEST = 1_000;
        public static final int LARGEST = 10_000;

        public Question {
            requireNonNull(eventId, "eventId is null");
            requireNonNull(towards, "towards is null");
            InvalidQuestionException.requireRange("depth", depth, 1, DEEPEST);
            InvalidQuestionException.requireRange("size", size, 1, LARGEST);
        }
    }

    /** The sides of a chain that are asked for. */
    public enum Towards {
        CAUSES,
        EFFECTS,
        BOTH;

        private List<Side> sides() {
            return switch (this) {
                case CAUSES -> List.of(Side.CAUSE);
                case EFFECTS -> List.of(Side.EFFECT);
                case BOTH -> List.of(Side.CAUSE, Side.EFFECT);
            };
        }
    }
}
