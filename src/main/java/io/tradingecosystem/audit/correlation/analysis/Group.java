package io.tradingecosystem.audit.correlation.analysis;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.Selection;

import java.util.List;
import java.util.Optional;

/**
 * Events that belong together because they share keys, joined transitively. Immutable.
 *
 * @param members in the order in which they were joined, the event that was asked for first
 * @param keys the keys that were followed, in that order, each with the events that have it
 * @param incomplete whether there are more members or keys than were asked for
 */
public record Group(List<Member> members, List<Shared> keys, List<Omission> incomplete) {

    public Group {
        members = List.copyOf(members);
        keys = List.copyOf(keys);
        incomplete = List.copyOf(incomplete);
    }

    /**
     * An event of the group.
     *
     * @param join why it is in the group; empty for the event that was asked for
     */
    public record Member(AuditEvent event, Optional<Join> join) {}

    /**
     * Why an event is in a group: it shares a key with one that was in it before.
     *
     * @param key what both have
     * @param with the id of the other
     */
    public record Join(Selection.Key key, String with) {}

    /**
     * A key that holds a group together.
     *
     * @param events how many of the members have it
     */
    public record Shared(Selection.Key key, int events) {}
}
