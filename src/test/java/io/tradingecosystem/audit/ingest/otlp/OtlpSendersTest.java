package io.tradingecosystem.audit.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.tradingecosystem.audit.event.AttributeValue.Sequence;
import io.tradingecosystem.audit.event.AttributeValue.Text;
import io.tradingecosystem.audit.event.AttributeValue.Whole;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.SpanLink;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The exporters of OpenTelemetry's SDK for Java, with nothing set but the endpoint. */
class OtlpSendersTest {
    private static final Resource RESOURCE =
            Resource.getDefault().toBuilder()
                    .put("service.name", "exchange")
                    .put("service.instance.id", "exchange-1")
                    .put("scenario_id", "run-1")
                    .build();

    private final OtlpServer server = OtlpServer.open(Map.of());

    @AfterEach
    void close() {
        server.close();
    }

    /** The two protocols. */
    enum Protocol {
        GRPC,
        HTTP
    }

    @ParameterizedTest
    @CsvSource({"GRPC, none", "GRPC, gzip", "HTTP, none", "HTTP, gzip"})
    void shouldTakeWhatTheJavaSdkSends(Protocol protocol, String compression) {
        String traceId;
        String spanId;
        String first;
        try (OpenTelemetrySdk sdk =
                sdk(spans(protocol, compression), logs(protocol, compression))) {
            Tracer tracer = sdk.getTracer("orders", "1.0");
            Span cause = tracer.spanBuilder("cause").startSpan();
            cause.end();
            first = cause.getSpanContext().getSpanId();
            Span span =
                    tracer.spanBuilder("place order")
                            .setSpanKind(SpanKind.SERVER)
                            .setParent(Context.root())
                            .addLink(cause.getSpanContext())
                            .setAttribute("order.id", "o-7")
                            .setAttribute("lots", 3)
                            .setAttribute(AttributeKey.stringArrayKey("venues"), List.of("a", "b"))
                            .startSpan();
            span.addEvent("book.empty", Attributes.of(AttributeKey.stringKey("side"), "bid"));
            sdk.getLogsBridge()
                    .get("orders")
                    .logRecordBuilder()
                    .setContext(Context.root().with(span))
                    .setSeverity(Severity.WARN)
                    .setEventName("order.rejected")
                    .setBody("no liquidity")
                    .emit();
            span.setStatus(StatusCode.ERROR, "no liquidity").end();
            traceId = span.getSpanContext().getTraceId();
            spanId = span.getSpanContext().getSpanId();
        }

        List<AuditEvent> events = server.events();
        assertThat(events).hasSize(4);
        assertThat(events).allMatch(event -> event.service().equals("exchange"));
        assertThat(events).allMatch(event -> event.instance().equals("exchange-1"));
        assertThat(events).allMatch(event -> event.scenarioId().equals("run-1"));
        AuditEvent span = only(events, "place order");
        assertThat(span.traceId()).isEqualTo(traceId);
        assertThat(span.spanId()).isEqualTo(spanId);
        assertThat(span.id()).isEqualTo(traceId + "-" + spanId);
        assertThat(span.severity()).isEqualTo(io.tradingecosystem.audit.event.Severity.ERROR);
        assertThat(span.message()).isEqualTo("no liquidity");
        assertThat(span.links()).extracting(SpanLink::spanId).containsExactly(first);
        assertThat(span.attributes())
                .containsEntry("order_id", new Text("o-7"))
                .containsEntry("lots", new Whole(3))
                .containsEntry("venues", new Sequence(List.of(new Text("a"), new Text("b"))))
                .containsEntry("span.kind", new Text("server"))
                .containsEntry("telemetry.sdk.language", new Text("java"))
                .containsEntry("otel.scope.name", new Text("orders"));
        AuditEvent happened = only(events, "book.empty");
        assertThat(happened.traceId()).isEqualTo(traceId);
        assertThat(happened.parentSpanId()).isEqualTo(spanId);
        assertThat(happened.attributes()).containsEntry("side", new Text("bid"));
        AuditEvent log = only(events, "order.rejected");
        assertThat(log.traceId()).isEqualTo(traceId);
        assertThat(log.parentSpanId()).isEqualTo(spanId);
        assertThat(log.message()).isEqualTo("no liquidity");
        assertThat(log.severity()).isEqualTo(io.tradingecosystem.audit.event.Severity.WARNING);
    }

    @ParameterizedTest
    @EnumSource
    void shouldStoreAnExportOnceThatIsSentTwice(Protocol protocol) {
        Remembering exporter = new Remembering(spans(protocol, "gzip"));
        try (OpenTelemetrySdk sdk = sdk(exporter, logs(protocol, "gzip"))) {
            sdk.getTracer("t").spanBuilder("a").startSpan().addEvent("happened").end();
        }
        assertThat(server.events()).hasSize(2);

        try (SpanExporter again = spans(protocol, "gzip")) {
            assertThat(again.export(exporter.sent).join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
        }

        assertThat(server.events()).hasSize(2);
        assertThat(server.intake.ledger().entries())
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.stored()).isEqualTo(2);
                            assertThat(entry.duplicate()).isEqualTo(2);
                        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeSentAgainWhatCouldNotBeTaken(Protocol protocol) {
        server.log.busy(1);
        try (OpenTelemetrySdk sdk = sdk(spans(protocol, "none"), logs(protocol, "none"))) {
            sdk.getTracer("t").spanBuilder("a").startSpan().end();
        }

        assertThat(server.events()).extracting(AuditEvent::type).containsExactly("a");
        assertThat(server.log.appends()).isEqualTo(2);
    }

    @Test
    void shouldBeSentAgainWhatTheDiskHadNoRoomFor() {
        server.log.unavailable(1);
        try (OpenTelemetrySdk sdk =
                sdk(spans(Protocol.HTTP, "none"), logs(Protocol.GRPC, "none"))) {
            sdk.getTracer("t").spanBuilder("a").startSpan().end();
        }

        assertThat(server.events()).extracting(AuditEvent::type).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountMetricsAndKeepNone(Protocol protocol) {
        MetricExporter exporter =
                protocol == Protocol.GRPC
                        ? OtlpGrpcMetricExporter.builder()
                                .setEndpoint(server.grpcEndpoint())
                                .build()
                        : OtlpHttpMetricExporter.builder()
                                .setEndpoint(server.httpEndpoint() + "/v1/metrics")
                                .build();
        try (SdkMeterProvider meters =
                SdkMeterProvider.builder()
                        .setResource(RESOURCE)
                        .registerMetricReader(PeriodicMetricReader.create(exporter))
                        .build()) {
            meters.get("t").counterBuilder("orders").build().add(1);
            meters.get("t").counterBuilder("fills").build().add(1);
        }

        String door = protocol == Protocol.GRPC ? "otlp_grpc" : "otlp_http";
        assertThat(server.http.get("/metrics").body())
                .contains(
                        "audit_otlp_unused_total{door=\"" + door + "\",kind=\"data_points\",} 2.0");
        assertThat(server.events()).isEmpty();
    }

    private static AuditEvent only(List<AuditEvent> events, String type) {
        List<AuditEvent> found = events.stream().filter(e -> e.type().equals(type)).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static OpenTelemetrySdk sdk(SpanExporter spans, LogRecordExporter logs) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(
                        SdkTracerProvider.builder()
                                .setResource(RESOURCE)
                                .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                                .build())
                .setLoggerProvider(
                        SdkLoggerProvider.builder()
                                .setResource(RESOURCE)
                                .addLogRecordProcessor(
                                        BatchLogRecordProcessor.builder(logs).build())
                                .build())
                .build();
    }

    private SpanExporter spans(Protocol protocol, String compression) {
        return switch (protocol) {
            case GRPC ->
                    OtlpGrpcSpanExporter.builder()
                            .setEndpoint(server.grpcEndpoint())
                            .setCompression(compression)
                            .build();
            case HTTP ->
                    OtlpHttpSpanExporter.builder()
                            .setEndpoint(server.httpEndpoint() + "/v1/traces")
                            .setCompression(compression)
                            .build();
        };
    }

    private LogRecordExporter logs(Protocol protocol, String compression) {
        return switch (protocol) {
            case GRPC ->
                    OtlpGrpcLogRecordExporter.builder()
                            .setEndpoint(server.grpcEndpoint())
                            .setCompression(compression)
                            .build();
            case HTTP ->
                    OtlpHttpLogRecordExporter.builder()
                            .setEndpoint(server.httpEndpoint() + "/v1/logs")
                            .setCompression(compression)
                            .build();
        };
    }

    /** Sends, and keeps what was sent. */
    private static final class Remembering implements SpanExporter {
        private final SpanExporter exporter;
        private final List<SpanData> sent = new ArrayList<>();

        Remembering(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            sent.addAll(spans);
            return exporter.export(spans);
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
