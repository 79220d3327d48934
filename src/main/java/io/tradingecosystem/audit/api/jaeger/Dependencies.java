package io.tradingecosystem.audit.api.jaeger;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.Selection;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which service calls which: spans whose parent is a span of another service, among the newest
 * spans of a time. Thread-safe.
 */
final class Dependencies {
    private final NewestFirst events;

    Dependencies(NewestFirst events) {
        this.events = events;
    }

    /** The calls that started in a time. */
    Found between(Instant from, Instant to) {
        Spans spans = new Spans();
        boolean isCut =
                events.walk(
                        new Selection(new Selection.Key.All(), from, to),
                        event -> {
                            spans.add(event);
                            return true;
                        });
        return new Found(spans.calls(), isCut);
    }

    /** Spans that were seen, and those whose parents are looked for. */
    private static final class Spans {
        private final Map<Span, String> services = new HashMap<>();
        private final Map<Span, Map<String, Long>> children = new HashMap<>();

        void add(AuditEvent event) {
            if (event.traceId().isEmpty() || event.spanId().isEmpty()) {
                return;
            }
            services.put(new Span(event.traceId(), event.spanId()), event.service());
            if (!event.parentSpanId().isEmpty()) {
                Span parent = new Span(event.traceId(), event.parentSpanId());
                children.computeIfAbsent(parent, p -> new HashMap<>())
                        .merge(event.service(), 1L, Long::sum);
            }
        }

        List<Call> calls() {
            Map<Hop, Long> counts = new TreeMap<>();
            children.forEach((parent, called) -> count(services.get(parent), called, counts));
            return counts.entrySet().stream()
                    .map(hop -> new Call(hop.getKey(), hop.getValue()))
                    .toList();
        }

        private static void count(
                @Nullable String parent, Map<String, Long> called, Map<Hop, Long> counts) {
            called.forEach(
                    (child, count) -> {
                        if (parent != null && !parent.equals(child)) {
                            counts.merge(new Hop(parent, child), count, Long::sum);
                        }
                    });
        }
    }

    private record Span(String traceId, String spanId) {}

    /** From one service to another. */
    record Hop(String parent, String child) implements Comparable<Hop> {
        @Override
        public int compareTo(Hop other) {
            int byParent = parent.compareTo(other.parent);
            return byParent != 0 ? byParent : child.compareTo(other.child);
        }
    }

    /**
     * Calls from one service to another.
     *
     * @param count of the spans that were looked at
     */
    record Call(Hop hop, long count) {}

    /**
     * What was found.
     *
     * @param calls by parent and child
     * @param isCut whether older events were not looked at
     */
    record Found(List<Call> calls, boolean isCut) {}
}
