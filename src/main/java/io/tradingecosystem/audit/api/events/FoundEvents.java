package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The events of a page while they are found, of which memory holds no more. One thread. */
sealed interface FoundEvents {
    /** Below the 4 MiB that gRPC clients take in one message by default. */
    long MAX_BYTES = 2 << 20;

    /** Takes one that is wanted. */
    void add(AuditEvent event);

    /** Whether nothing more is wanted. */
    boolean isFull();

    /** All of them, in their order. */
    List<AuditEvent> events();

    /** The first ones, in the order in which they come. */
    final class First implements FoundEvents {
        private final List<AuditEvent> events = new ArrayList<>();
        private final int limit;
        private long bytes;

        First(int limit) {
            this.limit = limit;
        }

        @Override
        public void add(AuditEvent event) {
            events.add(event);
            bytes += size(event);
        }

        @Override
        public boolean isFull() {
            return events.size() >= limit || bytes >= MAX_BYTES;
        }

        @Override
        public List<AuditEvent> events() {
            return events;
        }
    }

    /** The slowest ones, the slowest first, and of those as slow the latest. */
    final class Slowest implements FoundEvents {
        private static final Comparator<AuditEvent> ORDER =
                Comparator.comparing(AuditEvent::duration)
                        .thenComparing(AuditEvent::occurredAt)
                        .thenComparingLong(AuditEvent::position);

        private final PriorityQueue<AuditEvent> slowest = new PriorityQueue<>(ORDER);
        private final List<AuditEvent> left = new ArrayList<>(1);
        private final int limit;
        private long bytes;

        Slowest(int limit) {
            this.limit = limit;
        }

        @Override
        public void add(AuditEvent event) {
            if (isBelowOneThatWasLeft(event)) {
                return;
            }
            slowest.add(event);
            bytes += size(event);
            while (slowest.size() > limit || (bytes > MAX_BYTES && slowest.size() > 1)) {
                leave(slowest.remove());
            }
        }

        /** Behind a large one that had no room there is none for a small one: it would be a gap. */
        private boolean isBelowOneThatWasLeft(AuditEvent event) {
            return !left.isEmpty() && ORDER.compare(event, left.getFirst()) < 0;
        }

        private void leave(AuditEvent event) {
            bytes -= size(event);
            left.clear();
            left.add(event);
        }

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public List<AuditEvent> events() {
            List<AuditEvent> sorted = new ArrayList<>(slowest);
            sorted.sort(ORDER.reversed());
            return sorted;
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
