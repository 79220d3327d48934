package io.tradingecosystem.audit.correlation.analysis;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Selection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How deep events stand in what caused them, within a selection: one more than the best of their
 * causes that are selected, 0 without one. It does not depend on which events were seen before, so
 * every page of a timeline tells the same; what is remembered is bounded. In a cycle depth counts
 * from where the cycle was entered. For one thread.
 */
final class Depths {
    /** So many links towards an event are looked at, the best ones. */
    private static final int MAX_CAUSES = 16;

    private static final int MAX_REMEMBERED = 20_000;
    private static final int DEEPEST = 1_000;

    private final EventIndex events;
    private final LinkIndex links;
    private final Selection selection;
    private long tooDeep;
    private long causesCut;
    private final Map<String, Depth> remembered =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Depth> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    Depths(EventIndex events, LinkIndex links, Selection selection) {
        this.events = events;
        this.links = links;
        this.selection = selection;
    }

    /**
     * Where an event stands.
     *
     * @param more whether it is deeper, or an event that it was counted from is
     */
    private record Depth(int steps, boolean more) {
        Depth below() {
            return new Depth(steps + 1, more);
        }
    }

    /** What was left out until now. */
    Stream<Omission> incomplete() {
        return Stream.concat(
                Omission.ifAny(Bound.TIMELINE_DEPTH, tooDeep),
                Omission.ifAny(Bound.TIMELINE_CAUSES, causesCut));
    }

    /** Of an event's links the best, of those the ones from others of the selection. */
    List<Link> selected(List<Link> causes) {
        causesCut += Math.max(0, causes.size() - MAX_CAUSES);
        return causes.isEmpty()
                ? causes
                : causes.stream().limit(MAX_CAUSES).filter(this::isSelected).toList();
    }

    /**
     * The depth of an event of the selection.
     *
     * @param causes its links from {@link #selected}
     */
    int depth(AuditEvent event, List<Link> causes) {
        Depth found = counted(event.id(), causes);
        if (found.more()) {
            tooDeep++;
        }
        return found.steps();
    }

    /** Goes back from best cause to best cause, to one whose depth is known. */
    private Depth counted(String event, List<Link> causes) {
        List<String> path = new ArrayList<>();
        Set<String> passed = new HashSet<>();
        String at = event;
        List<Link> before = causes;
        while (!before.isEmpty()
                && !remembered.containsKey(at)
                && path.size() < DEEPEST
                && passed.add(at)) {
            path.add(at);
            at = before.getFirst().causeId();
            before = remembered.containsKey(at) ? List.of() : causesOf(at);
        }
        boolean cycle = passed.contains(at);
        Depth end = new Depth(0, !cycle && !before.isEmpty());
        return remember(cycle ? path.removeLast() : at, end, path);
    }

    private Depth remember(String first, Depth end, List<String> path) {
        Depth depth = remembered.computeIfAbsent(first, id -> end);
        for (String id : path.reversed()) {
            depth = depth.below();
            remembered.put(id, depth);
        }
        return depth;
    }

    private List<Link> causesOf(String event) {
        return selected(links.causesOf(event, Integer.MAX_VALUE));
    }

    private boolean isSelected(Link link) {
        if (link.causedAt().isBefore(selection.from())
                || !link.causedAt().isBefore(selection.to())) {
            return false;
        }
        return selection.key() instanceof Selection.Key.All
                || remembered.containsKey(link.causeId())
                || events.at(link.cause().position()).filter(selection::contains).isPresent();
    }
}
