package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AnyAttributes;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.event.Times;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Any event that the doors let in, and more. */
final class Events {
    private Events() {}

    static Arbitrary<AuditEvent> any() {
        return Combinators.combine(names(), identity(), trace(), reported())
                .as(
                        (names, identity, trace, reported) ->
                                AuditEvent.builder(names.service(), names.type())
                                        .id(identity.id())
                                        .causeId(identity.cause())
                                        .instance(names.instance())
                                        .severity(reported.severity())
                                        .occurredAt(reported.occurredAt())
                                        .duration(reported.duration())
                                        .message(names.message())
                                        .correlationId(identity.correlation())
                                        .scenarioId(identity.scenario())
                                        .traceId(trace.traceId())
                                        .spanId(trace.spanId())
                                        .parentSpanId(trace.parent())
                                        .links(trace.links())
                                        .attributes(reported.attributes())
                                        .author(reported.author())
                                        .build())
                .flatMap(Events::perhapsOfItsSpan);
    }

    /** As OTLP's spans have their ids, and what stands beside them. */
    private static Arbitrary<AuditEvent> perhapsOfItsSpan(AuditEvent event) {
        String start = event.traceId() + "-";
        return Arbitraries.of(
                        event.id(),
                        start + event.spanId(),
                        start + event.parentSpanId(),
                        start + event.spanId() + "-0",
                        start + event.parentSpanId() + "é")
                .map(id -> event.toBuilder().id(id).build());
    }

    private record Names(String service, String type, String instance, String message) {}

    private record Identity(String id, String cause, String correlation, String scenario) {}

    private record Trace(String traceId, String spanId, String parent, List<SpanLink> links) {}

    private record Reported(
            Severity severity,
            Instant occurredAt,
            Duration duration,
            Map<String, AttributeValue> attributes,
            Author author) {}

    private static Arbitrary<Names> names() {
        return Combinators.combine(text(), text(), text(), text()).as(Names::new);
    }

    private static Arbitrary<Identity> identity() {
        return Combinators.combine(id(), id(), id(), text()).as(Identity::new);
    }

    private static Arbitrary<Trace> trace() {
        Arbitrary<SpanLink> link = Combinators.combine(hex(32), hex(16)).as(SpanLink::new);
        return Combinators.combine(hex(32), hex(16), hex(16), link.list().ofMaxSize(3))
                .as(Trace::new);
    }

    private static Arbitrary<Reported> reported() {
        return Combinators.combine(
                        Arbitraries.of(Severity.class),
                        Arbitraries.longs().map(Times::ofEpochNanos),
                        Arbitraries.longs().greaterOrEqual(0).map(Duration::ofNanos),
                        AnyAttributes.of(text(), text()),
                        Arbitraries.of(Author.class))
                .as(Reported::new);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "risk-monitor", "ORD-1", "café", "\uD83D\uDE00\n\0"),
                Arbitraries.strings().alpha().ofMaxLength(200));
    }

    private static Arbitrary<String> id() {
        return Arbitraries.oneOf(
                text(),
                hex(32).filter(digits -> digits.length() == 32)
                        .map(
                                digits ->
                                        digits.replaceFirst(
                                                "(.{8})(.{4})(.{4})(.{4})(.{12})",
                                                "$1-$2-$3-$4-$5")));
    }

    private static Arbitrary<String> hex(int digits) {
        return Arbitraries.oneOf(
                Arbitraries.of("", "xyz", "A".repeat(digits), "a".repeat(digits - 1)),
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(digits));
    }
}
