package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks in the store for what joins do not keep any more, by the key that the fewest events share,
 * within a budget. For one thread.
 */
public final class LateSearch {
    private static final int PAGE = 500;

    private final EventIndex index;
    private final int budget;

    /**
     * Looks at nothing yet.
     *
     * @param budget at most so many events are looked at for one question
     */
    public LateSearch(EventIndex index, int budget) {
        this.index = index;
        this.budget = budget;
    }

    public int budget() {
        return budget;
    }

    /**
     * What was found.
     *
     * @param events those that fit, in the order in which they were looked at
     * @param complete whether the budget was enough
     */
    public record Found(List<AuditEvent> events, boolean complete) {
        public Found {
            events = List.copyOf(events);
        }
    }

    /**
     * Events that fit a pattern, oldest first.
     *
     * @param keys what they must have, as it is written, by the names of fields and attributes
     * @param from the earliest occurred_at, in nanoseconds
     * @param to the latest, inclusive
     * @param position the last event that counts; the index may know more
     * @param max stop when so many were found
     */
    public Found find(
            EventPattern pattern,
            Map<String, String> keys,
            long from,
            long to,
            long position,
            int max,
            Predicate<AuditEvent> wanted) {
        if (to < 0) {
            return new Found(List.of(), true);
        }
        Selection selection =
                Selection.of(key(pattern, keys)).between(time(from), time(Nanos.plus(to, 1)));
        List<AuditEvent> found = new ArrayList<>();
        Query query = new Query(selection, Direction.OLDEST_FIRST, PAGE, "");
        int seen = 0;
        while (true) {
            Page page = index.find(query);
            for (AuditEvent event : page.events()) {
                if (event.position() > position) {
                    continue;
                }
                if (seen++ == budget) {
                    return new Found(found, false);
                }
                if (pattern.matches(event) && wanted.test(event)) {
                    found.add(event);
                    if (found.size() == max) {
                        return new Found(found, true);
                    }
                }
            }
            if (page.nextPageToken().isEmpty()) {
                return new Found(found, true);
            }
            query = query.from(page.nextPageToken());
        }
    }

    private Selection.Key key(EventPattern pattern, Map<String, String> keys) {
        Selection.Key kind =
                Selection.Key.ofKind(
                        pattern.onlyService().orElse(""), pattern.onlyType().orElse(""));
        return keys.entrySet().stream()
                .flatMap(each -> indexed(each.getKey(), each.getValue()))
                .filter(key -> key.spread().compareTo(kind.spread()) < 0)
                .min(Comparator.comparing(Selection.Key::spread))
                .orElse(kind);
    }

    private Stream<Selection.Key> indexed(String name, String value) {
        for (IndexedField field : IndexedField.values()) {
            if (field.wireName().equals(name)) {
                return Stream.of(Selection.Key.of(field, value));
            }
        }
        return index.businessKeys().contains(name)
                ? Stream.of(new Selection.Key.Business(name, value))
                : Stream.empty();
    }

    private static Instant time(long nanos) {
        return Times.ofEpochNanos(Math.max(0, nanos));
    }
}
