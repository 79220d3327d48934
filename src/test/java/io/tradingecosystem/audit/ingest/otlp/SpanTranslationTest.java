package io.tradingecosystem.audit.ingest.otlp;

import static io.tradingecosystem.audit.ingest.otlp.Translated.NANOS;
import static io.tradingecosystem.audit.ingest.otlp.Translated.NOW;
import static io.tradingecosystem.audit.ingest.otlp.Translated.SPAN;
import static io.tradingecosystem.audit.ingest.otlp.Translated.TRACE;
import static io.tradingecosystem.audit.ingest.otlp.Translated.attribute;
import static io.tradingecosystem.audit.ingest.otlp.Translated.id;
import static io.tradingecosystem.audit.ingest.otlp.Translated.resource;
import static io.tradingecosystem.audit.ingest.otlp.Translated.span;
import static io.tradingecosystem.audit.ingest.otlp.Translated.spans;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AttributeValue.Sequence;
import io.tradingecosystem.audit.event.AttributeValue.Text;
import io.tradingecosystem.audit.event.AttributeValue.Whole;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.SpanLink;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class SpanTranslationTest {

    @Test
    void shouldMakeAnEventOfASpan() {
        Span.Builder span =
                span().setParentSpanId(id("eee19b7ec3c1b173"))
                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                        .addAttributes(attribute("order.id", "o-7"))
                        .addAttributes(
                                attribute("items", AnyValue.newBuilder().setIntValue(3).build()));

        AuditEvent event = spans(resource(span).build()).event();

        assertThat(event.id()).isEqualTo(TRACE + "-" + SPAN);
        assertThat(event.service()).isEqualTo("exchange");
        assertThat(event.instance()).isEqualTo("exchange-1");
        assertThat(event.type()).isEqualTo("POST /orders");
        assertThat(event.severity()).isEqualTo(Severity.INFO);
        assertThat(event.occurredAt()).isEqualTo(NOW);
        assertThat(event.duration()).isEqualTo(Duration.ofNanos(1_500));
        assertThat(event.traceId()).isEqualTo(TRACE);
        assertThat(event.spanId()).isEqualTo(SPAN);
        assertThat(event.parentSpanId()).isEqualTo("eee19b7ec3c1b173");
        assertThat(event.attributes())
                .containsEntry("order_id", new Text("o-7"))
                .containsEntry("items", new Whole(3))
                .containsEntry("span.kind", new Text("server"))
                .hasSize(3);
    }

    @Test
    void shouldTakeTheTypeFromAnAttributeThatIsANameForIt() {
        AuditEvent event =
                spans(
                                resource(
                                                span().addAttributes(
                                                                attribute(
                                                                        "event.type",
                                                                        "order.placed")))
                                        .build())
                        .event();

        assertThat(event.type()).isEqualTo("order.placed");
        assertThat(event.attributes()).containsEntry("span.name", new Text("POST /orders"));
    }

    @Test
    void shouldFindScenarioAndCorrelationIdsInAttributesAndInTheResource() {
        ResourceSpans.Builder resource =
                resource(
                        span().addAttributes(attribute("correlation.id", "flow-1"))
                                .addEvents(Span.Event.newBuilder().setName("retry")));
        resource.getResourceBuilder().addAttributes(attribute("scenario_id", "run-1"));

        List<AuditEvent> events = spans(resource.build()).events();

        assertThat(events).hasSize(2);
        assertThat(events).allMatch(event -> event.correlationId().equals("flow-1"));
        assertThat(events).allMatch(event -> event.scenarioId().equals("run-1"));
    }

    @Test
    void shouldTellAFailedSpanAsAnError() {
        Status.Builder status =
                Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("no liquidity");

        AuditEvent event = spans(resource(span().setStatus(status)).build()).event();

        assertThat(event.severity()).isEqualTo(Severity.ERROR);
        assertThat(event.message()).isEqualTo("no liquidity");
        assertThat(event.attributes()).containsEntry("otel.status_code", new Text("ERROR"));
    }

    @Test
    void shouldMakeEventsOfSpanEventsWithIdsThatStayTheSame() {
        Span.Builder span =
                span().addEvents(
                                Span.Event.newBuilder()
                                        .setName("exception")
                                        .setTimeUnixNano(NANOS + 7)
                                        .addAttributes(attribute("exception.type", "Timeout"))
                                        .setDroppedAttributesCount(2))
                        .addEvents(Span.Event.newBuilder().setTimeUnixNano(NANOS + 8));

        List<AuditEvent> events = spans(resource(span).build()).events();

        assertThat(events)
                .extracting(AuditEvent::id)
                .containsExactly(
                        TRACE + "-" + SPAN, TRACE + "-" + SPAN + "-0", TRACE + "-" + SPAN + "-1");
        AuditEvent exception = events.get(1);
        assertThat(exception.type()).isEqualTo("exception");
        assertThat(exception.service()).isEqualTo("exchange");
        assertThat(exception.traceId()).isEqualTo(TRACE);
        assertThat(exception.spanId()).isEmpty();
        assertThat(exception.parentSpanId()).isEqualTo(SPAN);
        assertThat(exception.occurredAt()).isEqualTo(NOW.plusNanos(7));
        assertThat(exception.attributes())
                .containsEntry("exception.type", new Text("Timeout"))
                .containsEntry("otel.dropped_attributes_count", new Whole(2));
        assertThat(events.get(2).type()).isEqualTo("unknown");
        assertThat(spans(resource(span).build()).events()).isEqualTo(events);
    }

    @Test
    void shouldKeepLinksAndWhatElseTheySay() {
        Span.Builder span =
                span().addLinks(
                                Span.Link.newBuilder()
                                        .setTraceId(id(TRACE))
                                        .setSpanId(id("00f067aa0ba902b7")))
                        .addLinks(
                                Span.Link.newBuilder()
                                        .setTraceId(id(TRACE))
                                        .setSpanId(id("00f067aa0ba902b8"))
                                        .setTraceState("a=1")
                                        .setFlags(0x301)
                                        .addAttributes(attribute("why", "batch"))
                                        .setDroppedAttributesCount(1))
                        .addLinks(Span.Link.newBuilder().addAttributes(attribute("lost", "yes")));

        AuditEvent event = spans(resource(span).build()).event();

        assertThat(event.links())
                .containsExactly(
                        new SpanLink(TRACE, "00f067aa0ba902b7"),
                        new SpanLink(TRACE, "00f067aa0ba902b8"));
        Sequence full = (Sequence) event.attributes().get("otel.links");
        assertThat(full.asText())
                .isEqualTo(
                        "[{trace_id="
                                + TRACE
                                + ", span_id=00f067aa0ba902b8, trace_state=a=1, flags=769,"
                                + " attributes={why=batch}, dropped_attributes_count=1},"
                                + " {trace_id=, span_id=, attributes={lost=yes}}]");
    }

    @Test
    void shouldDropNothing() {
        ResourceSpans.Builder resource =
                resource(
                        span().setTraceState("vendor=1")
                                .setFlags(0x80000101)
                                .setDroppedAttributesCount(-1)
                                .setDroppedEventsCount(2)
                                .setDroppedLinksCount(3)
                                .setKindValue(77)
                                .addAttributes(attribute("host.name", "mine"))
                                .addAttributes(attribute("otel.scope.name", "mine"))
                                .setUnknownFields(unknown()));
        resource.setSchemaUrl("https://schema/1");
        resource.getResourceBuilder()
                .addAttributes(attribute("host.name", "theirs"))
                .addAttributes(attribute("service.version", "2.1"))
                .setDroppedAttributesCount(5)
                .setUnknownFields(unknown())
                .addEntityRefsBuilder()
                .setType("service")
                .addIdKeys("service.name");
        resource.getScopeSpansBuilder(0)
                .setSchemaUrl("https://schema/2")
                .getScopeBuilder()
                .setName("orders")
                .setVersion("1.0")
                .addAttributes(attribute("short", "yes"))
                .setDroppedAttributesCount(6)
                .setUnknownFields(unknown());

        AuditEvent event = spans(resource.build()).event();

        AttributeValue later = AttributeValue.Bytes.of(unknown().toByteArray());
        assertThat(event.attributes())
                .containsEntry("w3c.tracestate", new Text("vendor=1"))
                .containsEntry("otel.flags", new Whole(0x80000101L))
                .containsEntry("otel.dropped_attributes_count", new Whole(4_294_967_295L))
                .containsEntry("otel.dropped_events_count", new Whole(2))
                .containsEntry("otel.dropped_links_count", new Whole(3))
                .containsEntry("span.kind", new Text("77"))
                .containsEntry("host.name", new Text("mine"))
                .containsEntry("resource.host.name", new Text("theirs"))
                .containsEntry("service.version", new Text("2.1"))
                .containsEntry("otel.resource.dropped_attributes_count", new Whole(5))
                .containsEntry("otel.resource.schema_url", new Text("https://schema/1"))
                .containsEntry("otel.scope.name", new Text("mine"))
                .containsEntry("otel.otel.scope.name", new Text("orders"))
                .containsEntry("otel.scope.version", new Text("1.0"))
                .containsEntry("otel.scope.short", new Text("yes"))
                .containsEntry("otel.scope.dropped_attributes_count", new Whole(6))
                .containsEntry("otel.scope.schema_url", new Text("https://schema/2"))
                .containsEntry("otel.unknown_fields", later)
                .containsEntry("otel.resource.unknown_fields", later)
                .containsEntry("otel.scope.unknown_fields", later);
        assertThat(event.attributes().get("otel.resource.entity_refs").asText())
                .contains("type=service", "id_keys=[service.name]");
    }

    @Test
    void shouldKeepASpanWhoseClockWasSetBack() {
        AuditEvent event = spans(resource(span().setEndTimeUnixNano(NANOS - 1)).build()).event();

        assertThat(event.occurredAt()).isEqualTo(NOW);
        assertThat(event.duration()).isZero();
        assertThat(event.attributes())
                .containsEntry("span.end_time", new Text(NOW.minusNanos(1).toString()));
    }

    @Test
    void shouldNameAServiceThatIsNotKnown() {
        ResourceSpans.Builder nameless = resource(span());
        nameless.clearResource();
        assertThat(spans(nameless.build()).event().service()).isEqualTo("unknown_service");

        nameless.getScopeSpansBuilder(0)
                .getSpansBuilder(0)
                .addAttributes(attribute("service_name", "custodian"));
        assertThat(spans(nameless.build()).event().service()).isEqualTo("custodian");
    }

    @Test
    void shouldRefuseSpansThatCouldNotBeToldApart() {
        assertThat(spans(resource(span().clearTraceId()).build()).refusal())
                .contains("BAD_TRACE_CONTEXT", "trace_id of a span is to be 16 bytes", "are 0");
        assertThat(spans(resource(span().setSpanId(id("0000000000000000"))).build()).refusal())
                .contains("span_id of a span is to be 8 bytes that are not all zero; here are 8");
        assertThat(spans(resource(span().setParentSpanId(id("0102"))).build()).refusal())
                .contains("parent_span_id of a span is to be 8 bytes");
        assertThat(spans(resource(span().setTraceId(ByteString.EMPTY)).build()).records).hasSize(1);
    }

    @Test
    void shouldKeepTheFirstOfARepeatedAttributeAndTheOthersBeside() {
        List<KeyValue> twice =
                List.of(attribute("a", "1"), attribute("b", "2"), attribute("a", "3"));
        KeyValueList map = KeyValueList.newBuilder().addAllValues(twice).build();
        Span.Builder span =
                span().addAllAttributes(twice)
                        .addAttributes(
                                attribute("m", AnyValue.newBuilder().setKvlistValue(map).build()))
                        .addEvents(Span.Event.newBuilder().setName("e").addAllAttributes(twice))
                        .addLinks(Span.Link.newBuilder().addAllAttributes(twice));
        ResourceSpans.Builder resource = resource(span);
        resource.getResourceBuilder()
                .addAllAttributes(twice)
                .addAttributes(attribute("service.name", "x"));
        resource.getScopeSpansBuilder(0).getScopeBuilder().addAllAttributes(twice);

        AuditEvent event = spans(resource.build()).events().getFirst();
        AttributeValue others = new AttributeValue.Sequence(List.of(new AttributeValue.Text("3")));

        assertThat(event.service()).isEqualTo("exchange");
        assertThat(event.attributes())
                .containsEntry("a", new AttributeValue.Text("1"))
                .containsEntry("otel.repeated.a", others)
                .containsEntry("resource.otel.repeated.a", others)
                .containsEntry("otel.scope.a", new AttributeValue.Text("1"))
                .containsEntry("otel.scope.otel.repeated.a", others)
                .containsKey("otel.repeated.service.name");
        assertThat(event.attribute("m")).contains("otel.repeated.a=[3]");
        assertThat(event.attribute("otel.links")).contains("a=1", "otel.repeated.a=[3]");
        assertThat(spans(resource.build()).events().getLast().attributes())
                .containsEntry("otel.repeated.a", others);
    }

    @Test
    void shouldRefuseTimesThatDoNotFit() {
        assertThat(spans(resource(span().setStartTimeUnixNano(-1)).build()).refusal())
                .contains("BAD_TIME", "start_time_unix_nano 18446744073709551615");
        assertThat(spans(resource(span().setEndTimeUnixNano(-1)).build()).refusal())
                .contains("BAD_TIME", "end_time_unix_nano");
    }

    @Test
    void shouldRefuseRecordsUnderAResourceWithTooManyAttributes() {
        ResourceSpans.Builder resource = resource(span());
        for (int i = 0; i < 300; i++) {
            resource.getResourceBuilder().addAttributes(attribute("a" + i, "x"));
        }

        assertThat(spans(resource.build()).refusal())
                .contains("ATTRIBUTE_COUNT", "resource and scope is 300, allowed is 256");
    }

    private static UnknownFieldSet unknown() {
        return UnknownFieldSet.newBuilder()
                .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(42).build())
                .build();
    }
}
