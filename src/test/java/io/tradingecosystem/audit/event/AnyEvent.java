package io.tradingecosystem.audit.event;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Any event that a door takes as it is: within all limits, with no other name for anything. */
public final class AnyEvent {
    private static final long FIRST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

    private AnyEvent() {}

    public static Arbitrary<AuditEvent> arbitrary() {
        return Combinators.combine(ids(), times(), texts(), attributes())
                .as(
                        (ids, times, texts, attributes) ->
                                AuditEvent.builder(texts.get(0) + "s", texts.get(1) + "t")
                                        .instance(texts.get(2))
                                        .correlationId(texts.get(3))
                                        .scenarioId(texts.get(4))
                                        .causeId(texts.get(5))
                                        .message(texts.get(6) + "\n\t\u0001")
                                        .id(ids.id())
                                        .traceId(ids.traceId())
                                        .spanId(ids.spanId())
                                        .parentSpanId(ids.parent())
                                        .links(ids.links())
                                        .severity(times.severity())
                                        .occurredAt(times.occurredAt())
                                        .duration(times.duration())
                                        .attributes(attributes)
                                        .build());
    }

    private record Ids(
            String id, String traceId, String spanId, String parent, List<SpanLink> links) {}

    private record Times(Instant occurredAt, Duration duration, Severity severity) {}

    private static Arbitrary<Ids> ids() {
        Arbitrary<SpanLink> link = Combinators.combine(hex(32), hex(16)).as(SpanLink::new);
        Arbitrary<String> id = Arbitraries.create(() -> UUID.randomUUID().toString());
        return Combinators.combine(
                        id,
                        hex(32).injectDuplicates(0.1),
                        hex(16),
                        Arbitraries.oneOf(Arbitraries.just(""), hex(16)),
                        link.list().ofMaxSize(3))
                .as(Ids::new);
    }

    private static Arbitrary<Times> times() {
        return Combinators.combine(
                        Arbitraries.longs().between(FIRST, LAST),
                        Arbitraries.longs().between(0, 999_999_999),
                        Arbitraries.longs().between(0, Long.MAX_VALUE / 2),
                        Arbitraries.of(Severity.class))
                .as(
                        (seconds, nanos, duration, severity) ->
                                new Times(
                                        Instant.ofEpochSecond(seconds, nanos),
                                        Duration.ofNanos(duration),
                                        severity));
    }

    private static Arbitrary<List<String>> texts() {
        return text().list().ofSize(7);
    }

    private static Arbitrary<Map<String, AttributeValue>> attributes() {
        // A name of its own kind, which no table of aliases has.
        return AnyAttributes.of(text().map(name -> "x" + name), text());
    }

    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "risk-monitor", "ORD-1", "café", "\uD83D\uDE00", "\"\\{}"),
                Arbitraries.strings().alpha().ofMaxLength(40));
    }

    private static Arbitrary<String> hex(int digits) {
        return Arbitraries.strings()
                .withChars("0123456789abcdef")
                .ofLength(digits - 1)
                .map(rest -> rest + "1");
    }
}
