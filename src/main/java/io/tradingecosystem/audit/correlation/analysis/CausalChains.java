package io.tradingecosystem.audit.correlation.analysis;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Cut;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Node;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Side;
import io.tradingecosystem.audit.correlation.links.EventRef;
import io.tradingecosystem.audit.correlation.links.Incomplete;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what led to an event and what it led to, over the links. Thread-safe. */
public final class CausalChains {
    private static final int MAX_ALTERNATIVES = 8;
    private static final int MAX_CAUSES = 2 * MAX_ALTERNATIVES;
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
        Set<Cut> cuts = EnumSet.noneOf(Cut.class);
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
                        alternatives(
                                links.causesOf(List.of(EventRef.of(root)), MAX_CAUSES).getFirst(),
                                Optional.empty())));
        for (Side side : question.towards().sides()) {
            ChainSearch search = new ChainSearch(links, side, question.depth(), question.size());
            search.from(EventRef.of(root));
            nodes.addAll(nodes(root, side, search.paths()));
            edges.addAll(search.links());
            cuts.addAll(search.cuts());
        }
        nodes.sort(NEAREST_FIRST);
        return new CausalChain(
                root, nodes, edges.stream().sorted(BY_TIME).toList(), cuts, incomplete(nodes));
    }

    private List<Incomplete> incomplete(List<Node> nodes) {
        List<Instant> times = nodes.stream().map(Node::occurredAt).sorted().toList();
        return links.incomplete(times.getFirst(), times.getLast());
    }

    /** What is told of the events that were found, read all at once. */
    private List<Node> nodes(AuditEvent root, Side side, List<ChainSearch.Path> paths) {
        List<EventRef> refs = paths.stream().map(ChainSearch.Path::event).toList();
        Iterator<Optional<AuditEvent>> found =
                events.at(refs.stream().map(EventRef::position).toList()).iterator();
        Iterator<List<Link>> causes = links.causesOf(refs, MAX_CAUSES).iterator();
        return paths.stream()
                .map(path -> node(root, side, path, found.next(), causes.next()))
                .toList();
    }

    private static Node node(
            AuditEvent root,
            Side side,
            ChainSearch.Path path,
            Optional<AuditEvent> event,
            List<Link> causes) {
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
                alternatives(
                        causes,
                        side == Side.EFFECT ? Optional.of(via.causeId()) : Optional.empty()));
    }

    private static List<Link> alternatives(List<Link> causes, Optional<String> explainedBy) {
        if (causes.size() < 2) {
            return List.of();
        }
        Set<String> reported = new HashSet<>();
        reported.add(explainedBy.orElseGet(() -> causes.getFirst().causeId()));
        return causes.stream()
                .filter(link -> reported.add(link.causeId()))
                .limit(MAX_ALTERNATIVES)
                .toList();
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
