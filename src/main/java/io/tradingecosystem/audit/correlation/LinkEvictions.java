package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.correlation.links.EvictedSide;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.event.AuditEvent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the memory of links lost to stay within its bound, by side, with what of it the log has word
 * of; and over which time links may be missing for it. For the one thread that links.
 */
final class LinkEvictions {
    private final LinkStoreWriter writer;
    private final MissingStretches stretches;
    private final Map<EvictedSide.Name, EvictedSide> sides = new HashMap<>();
    private final Map<EvictedSide.Name, Long> told = new HashMap<>();
    private final Set<EvictedSide.Name> changed = new HashSet<>();

    /** As it was with the last commit. */
    LinkEvictions(LinkStoreWriter writer) {
        this.writer = writer;
        this.stretches = new MissingStretches(writer, LinkKeys.STRETCHES);
        writer.scan(
                LinkKeys.EVICTED_SIDES,
                (key, value) -> {
                    recall(LinkKeys.evictedSide(key), new ByteReader(value));
                    return true;
                });
        if (writer.counters().evicted > 0 && sides.isEmpty()) {
            // A version that did not know over which time lost these.
            stretches.add(0, writer.counters().now, writer.counters().evictedTo);
        }
    }

    private void recall(EvictedSide.Name name, ByteReader in) {
        sides.put(name, new EvictedSide(name, in.number(), in.number()));
        told.put(name, in.number());
    }

    /** An event is about to be evicted; it still has its roles. */
    void add(PendingEvent event, LinkBounds bounds) {
        for (Pending role : event.roles()) {
            EvictedSide.Name name = role.evictedSide();
            sides.merge(
                    name,
                    EvictedSide.none(name).with(event.at()),
                    (all, one) -> all.with(one.upTo()));
            changed.add(name);
            stretches.add(
                    Nanos.plus(event.at(), -role.reachBack(bounds)),
                    Nanos.plus(event.at(), role.reachAhead(bounds)),
                    event.position());
        }
        writer.counters().evicted++;
        writer.counters().evictedTo = event.position();
    }

    /** The sides that lost more than the log has word of. */
    List<EvictedSide> untold() {
        return sides.values().stream().filter(side -> side.events() > told(side.name())).toList();
    }

    /** How many evicted events of a side the log has word of. */
    long told(EvictedSide.Name name) {
        return told.getOrDefault(name, 0L);
    }

    /** Takes in such word; what tells of more than there was is not ours. */
    void hear(AuditEvent event) {
        LinkEvents.evicted(event)
                .filter(word -> sides.containsKey(word.name()))
                .filter(word -> word.events() <= side(word.name()).events())
                .ifPresent(this::hear);
    }

    private EvictedSide side(EvictedSide.Name name) {
        return sides.getOrDefault(name, EvictedSide.none(name));
    }

    private void hear(EvictedSide word) {
        told.merge(word.name(), word.events(), Math::max);
        changed.add(word.name());
    }

    /** The times between whose events links may be missing, up to events from a position on. */
    List<MissingStretches.Stretch> stretches(long first) {
        return stretches.since(first);
    }

    /** Whether links with an event may be missing. */
    boolean touches(long at) {
        return stretches.covers(at);
    }

    /** Forgets over which time links were missing of events before a position. */
    void drop(long first) {
        stretches.drop(first);
    }

    /** Writes what is to be committed. */
    void write() {
        for (EvictedSide.Name name : changed) {
            EvictedSide side = side(name);
            writer.put(
                    LinkKeys.evictedSide(name),
                    new ByteWriter(24)
                            .number(side.events())
                            .number(side.upTo())
                            .number(told(name))
                            .bytes());
        }
        changed.clear();
        stretches.write();
    }
}
