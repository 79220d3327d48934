package io.tradingecosystem.audit.correlation.analysis;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.analysis.Group.Join;
import io.tradingecosystem.audit.correlation.analysis.Group.Member;
import io.tradingecosystem.audit.correlation.analysis.Group.Shared;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.Selection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what belongs to an event: the events that share its trace, correlation id, scenario or a
 * business key, those that share one with them, and so on. Thread-safe.
 */
public final class Groups {
    private static final int MAX_KEYS = 1_000;
    private static final int PAGE = 500;

    private final EventIndex events;

    private Groups(EventIndex events) {
        this.events = requireNonNull(events, "events is null");
    }

    /** Groups over the events there are. */
    public static Groups create(EventIndex events) {
        return new Groups(events);
    }

    /** The names of the keys that can join events. */
    public Set<String> keys() {
        Set<String> names = new LinkedHashSet<>();
        for (IndexedField field : IndexedField.values()) {
            if (field.spread().joins()) {
                names.add(field.wireName());
            }
        }
        names.addAll(events.businessKeys());
        return names;
    }

    /**
     * The group of an event. Keys are followed breadth-first, so that the join of a member is one
     * of the shortest ways from the event to it; what is cut is what is farthest.
     *
     * @param by the names of the keys that join; those of {@link #keys} that are too common to mean
     *     anything, such as a symbol, are best left out
     * @param size at most so many members
     * @return empty if there is no such event
     */
    public Optional<Group> of(String eventId, Set<String> by, int size) {
        return events.byId(eventId).map(root -> new Gathering(by, size).from(root));
    }

    /** One group in the making. */
    private final class Gathering {
        private final Set<String> by;
        private final int size;
        private final Map<String, Member> members = new LinkedHashMap<>();
        private final Map<Selection.Key, Integer> followed = new LinkedHashMap<>();
        private final Deque<AuditEvent> ahead = new ArrayDeque<>();
        private final Set<Bound> cuts = EnumSet.noneOf(Bound.class);

        Gathering(Set<String> by, int size) {
            this.by = Set.copyOf(by);
            this.size = size;
        }

        Group from(AuditEvent root) {
            members.put(root.id(), new Member(root, Optional.empty()));
            ahead.add(root);
            while (!ahead.isEmpty()) {
                AuditEvent event = ahead.remove();
                for (Selection.Key key : keysOf(event)) {
                    if (!followed.containsKey(key)) {
                        follow(key, event);
                    }
                }
            }
            List<Shared> keys = new ArrayList<>();
            followed.forEach((key, count) -> keys.add(new Shared(key, count)));
            return new Group(
                    List.copyOf(members.values()),
                    keys,
                    cuts.stream().map(Omission::some).toList());
        }

        private void follow(Selection.Key key, AuditEvent from) {
            if (followed.size() == MAX_KEYS) {
                cuts.add(Bound.GROUP_KEYS);
                return;
            }
            followed.put(key, 0);
            Query query = Query.of(Selection.of(key), Math.min(PAGE, size + 1));
            Page page = events.find(query);
            while (join(key, from, page.events()) && !page.nextPageToken().isEmpty()) {
                page = events.find(query.from(page.nextPageToken()));
            }
        }

        /** False once the group is full. */
        private boolean join(Selection.Key key, AuditEvent from, List<AuditEvent> sharing) {
            for (AuditEvent event : sharing) {
                if (!members.containsKey(event.id())) {
                    if (members.size() == size) {
                        cuts.add(Bound.GROUP_SIZE);
                        return false;
                    }
                    Join join = new Join(key, from.id());
                    members.put(event.id(), new Member(event, Optional.of(join)));
                    ahead.add(event);
                }
                followed.merge(key, 1, Integer::sum);
            }
            return true;
        }

        private List<Selection.Key> keysOf(AuditEvent event) {
            List<Selection.Key> keys = new ArrayList<>();
            Selection.Key.forEach(
                    event,
                    new TreeSet<>(events.businessKeys()),
                    key -> {
                        if (key.spread().joins() && by.contains(key.name())) {
                            keys.add(key);
                        }
                    });
            return keys;
        }
    }
}
