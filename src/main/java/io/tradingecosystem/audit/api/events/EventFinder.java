package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Limit;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Finds a page of events that meet a filter, a small portion at a time: there is never more than a
 * page in memory. It stops early, with a short page and a token to go on, when the page gets large,
 * when the time for one question is over, or when nobody waits for the answer any more.
 * Thread-safe.
 */
public final class EventFinder {
    /** How many events may be asked for, over HTTP as over gRPC. */
    static final Limit LIMIT = new Limit(100, 1_000);

    /** Below the 4 MiB that gRPC clients take in one message by default. */
    private static final long LARGEST_PAGE = 2 << 20;

    private static final int PORTION = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EventIndex index;
    private final LongSupplier ticker;

    /**
     * Finds in an index.
     *
     * @param ticker monotonic time in nanoseconds
     */
    public EventFinder(EventIndex index, LongSupplier ticker) {
        this.index = index;
        this.ticker = ticker;
    }

    /**
     * A page.
     *
     * @param gone whether nobody waits any more
     * @throws InvalidQuestionException if a business key or page token is not known
     */
    public Page find(
            EventFilter filter,
            Direction direction,
            int limit,
            String pageToken,
            BooleanSupplier gone) {
        long start = ticker.getAsLong();
        Selection selection = filter.selection();
        List<AuditEvent> found = new ArrayList<>();
        String token = pageToken;
        long size = 0;
        while (true) {
            int portion = filter.isSelection() ? Math.min(PORTION, limit - found.size()) : PORTION;
            Query query = new Query(selection, direction, portion, token);
            Page page = index.find(query);
            int passed = 0;
            for (AuditEvent event : page.events()) {
                if (filter.matches(event)) {
                    if (found.size() == limit || size >= LARGEST_PAGE) {
                        AuditEvent last = page.events().get(passed - 1);
                        return new Page(found, tokenBehind(last, passed, query));
                    }
                    found.add(event);
                    size += size(event);
                }
                passed++;
            }
            token = page.nextPageToken();
            boolean full = found.size() == limit || size >= LARGEST_PAGE;
            boolean late = ticker.getAsLong() - start >= PATIENCE.toNanos();
            if (token.isEmpty() || full || late || gone.getAsBoolean()) {
                return new Page(found, token);
            }
        }
    }

    /**
     * The token of a page that ends with an event: a page of just the right length. One more is
     * needed for each event that has come in between since.
     */
    private String tokenBehind(AuditEvent last, int passed, Query query) {
        int length = passed;
        while (true) {
            Page page =
                    index.find(
                            new Query(
                                    query.selection(),
                                    query.direction(),
                                    length,
                                    query.pageToken()));
            boolean there = page.events().stream().anyMatch(e -> e.id().equals(last.id()));
            if (there || page.nextPageToken().isEmpty()) {
                return page.nextPageToken();
            }
            length++;
        }
    }

    /** About what an event takes in an answer. */
    private static long size(AuditEvent event) {
        long size = 256L + event.message().length() + 64L * event.links().size();
        for (var attribute : event.attributes().entrySet()) {
            size += attribute.getKey().length() + 8 + size(attribute.getValue());
        }
        return size;
    }

    private static long size(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> text.value().length();
            case AttributeValue.Bytes bytes -> 2L * bytes.length();
            case AttributeValue.Whole whole -> 8;
            case AttributeValue.Real real -> 8;
            case AttributeValue.Flag flag -> 1;
            case AttributeValue.Empty empty -> 1;
            case AttributeValue.Sequence sequence ->
                    sequence.values().stream().mapToLong(each -> size(each) + 4).sum();
            case AttributeValue.Mapping mapping ->
                    mapping.values().entrySet().stream()
                            .mapToLong(each -> each.getKey().length() + size(each.getValue()) + 8)
                            .sum();
        };
    }
}
