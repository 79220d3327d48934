package io.tradingecosystem.audit.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.server.grpc.TolerantMessages;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whatever comes in is in the event: every attribute, of the record, its resource and scope. */
class OtlpTranslationTest {

    @Property(tries = 300)
    void shouldKeepEveryAttributeOfASpan(@ForAll long seed) {
        ResourceSpans resource = new OtlpMessages(seed).spans();
        List<Candidate> records = Translated.spans(resource).records;

        int at = 0;
        for (ScopeSpans scope : resource.getScopeSpansList()) {
            for (Span span : scope.getSpansList()) {
                AuditEvent event = event(records.get(at++));
                List<AttributeValue> kept = kept(event);
                takeAll(kept, span.getAttributesList());
                takeAll(kept, scope.getScope().getAttributesList());
                takeResource(kept, resource.getResource());
                take(kept, text(span.getName()), span.getName().isEmpty());
                take(kept, text(span.getTraceState()), span.getTraceState().isEmpty());
                take(kept, whole(span.getFlags()), span.getFlags() == 0);
                take(kept, whole(span.getDroppedLinksCount()), span.getDroppedLinksCount() == 0);
                take(kept, text(scope.getScope().getName()), scope.getScope().getName().isEmpty());
                take(kept, text(scope.getSchemaUrl()), scope.getSchemaUrl().isEmpty());
                assertThat(event.links()).hasSize(span.getLinksCount());
                assertThat(event.message()).isEqualTo(span.getStatus().getMessage());
            }
        }
        assertThat(records).hasSize(at);
    }

    @Property(tries = 300)
    void shouldKeepEveryAttributeOfALogRecord(@ForAll long seed) {
        ResourceLogs resource = new OtlpMessages(seed).logs();
        List<Candidate> records = Translated.logs(resource).records;

        int at = 0;
        for (LogRecord log : resource.getScopeLogs(0).getLogRecordsList()) {
            AuditEvent event = event(records.get(at++));
            List<AttributeValue> kept = kept(event);
            takeAll(kept, log.getAttributesList());
            takeAll(kept, resource.getScopeLogs(0).getScope().getAttributesList());
            takeResource(kept, resource.getResource());
            take(kept, AnyValues.of(log.getBody()), isEmpty(log.getBody()));
            take(kept, text(log.getEventName()), log.getEventName().isEmpty());
            take(kept, text(log.getSeverityText()), log.getSeverityText().isEmpty());
        }
        assertThat(records).hasSize(at);
    }

    @Property(tries = 200)
    void shouldMakeTheSameOfTheSame(@ForAll long seed) {
        ResourceSpans spans = new OtlpMessages(seed).spans();
        ResourceLogs logs = new OtlpMessages(seed).logs();

        assertThat(Translated.spans(spans).results())
                .hasToString(Translated.spans(spans).results().toString());
        assertThat(Translated.logs(logs).records.stream().map(r -> event(r).id()).toList())
                .isEqualTo(Translated.logs(logs).records.stream().map(r -> event(r).id()).toList());
    }

    /** The second reading gives what the first would have given. */
    @Property(tries = 100)
    void shouldReadARequestWithOneBrokenTextAsItIsOtherwise(@ForAll long seed) throws IOException {
        ExportTraceServiceRequest request =
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(new OtlpMessages(seed).spans())
                        .addResourceSpans(
                                Translated.resource(Translated.span().setName("@@@@@@@@")))
                        .build();
        ExportTraceServiceRequest.Builder read = ExportTraceServiceRequest.newBuilder();

        TolerantMessages.merge(
                ByteString.copyFrom(TextAndDepthTest.broken(request, "@@@@@@@@")), read);

        Span.Builder span =
                read.getResourceSpansBuilder(1).getScopeSpansBuilder(0).getSpansBuilder(0);
        assertThat(span.getName()).isEqualTo("\udfff\udfff@@@@@@");
        span.setName("@@@@@@@@");
        assertThat(read.build()).isEqualTo(request);
    }

    private static AuditEvent event(Candidate candidate) {
        assertThat(candidate).isInstanceOf(Candidate.Draft.class);
        return ((Candidate.Draft) candidate).event().build();
    }

    /** All values that an event holds, wherever. */
    private static List<AttributeValue> kept(AuditEvent event) {
        List<AttributeValue> kept = new ArrayList<>(event.attributes().values());
        kept.add(text(event.service()));
        kept.add(text(event.instance()));
        kept.add(text(event.type()));
        kept.add(text(event.message()));
        return kept;
    }

    private static void takeAll(List<AttributeValue> kept, Collection<KeyValue> attributes) {
        attributes.forEach(attribute -> take(kept, AnyValues.of(attribute.getValue()), false));
    }

    /** The service's name is a text, whatever the resource had there. */
    private static void takeResource(List<AttributeValue> kept, Resource resource) {
        for (KeyValue attribute : resource.getAttributesList()) {
            AttributeValue value = AnyValues.of(attribute.getValue());
            boolean name = attribute.getKey().equals("service.name") && AnyValues.isScalar(value);
            take(kept, name ? text(value.asText()) : value, false);
        }
    }

    private static void take(List<AttributeValue> kept, AttributeValue value, boolean absent) {
        if (!absent) {
            assertThat(kept).contains(value);
            kept.remove(value);
        }
    }

    private static boolean isEmpty(AnyValue value) {
        return value.getValueCase() == AnyValue.ValueCase.VALUE_NOT_SET;
    }

    private static AttributeValue text(String text) {
        return new AttributeValue.Text(text);
    }

    private static AttributeValue whole(int unsigned) {
        return new AttributeValue.Whole(Integer.toUnsignedLong(unsigned));
    }
}
