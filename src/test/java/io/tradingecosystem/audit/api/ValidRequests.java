package io.tradingecosystem.audit.api;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests that every door over HTTP takes as they are. */
final class ValidRequests {
    static final String PROTOBUF = "application/x-protobuf";
    static final String JSON = "application/json";

    private ValidRequests() {}

    /** A request. */
    record Sample(String method, String path, String type, byte[] body) {
        static Sample of(String method, String path, String type, String body) {
            return new Sample(method, path, type, body.getBytes(StandardCharsets.UTF_8));
        }

        boolean isOtlp() {
            return path.startsWith("/v1/");
        }

        @Override
        public String toString() {
            return "%s %s %s %s".formatted(method, path, type, ByteString.copyFrom(body));
        }
    }

    /** Bodies for every door over HTTP. */
    static List<Sample> bodies() {
        String event =
                "{\"service\":\"exchange\",\"type\":\"order.placed\",\"severity\":\"warning\","
                        + "\"occurred_at\":\"2026-01-15T09:30:00.5Z\",\"duration\":\"1.5s\","
                        + "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                        + "\"attributes\":{\"order_id\":\"o-1\",\"depth\":[1,{\"a\":null}]},"
                        + "\"links\":[{\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                        + "\"span_id\":\"00f067aa0ba902b7\"}]}";
        String expectation =
                "name: depeg\n"
                        + "scenario: stablecoin-depeg\n"
                        + "critical: true\n"
                        + "when:\n"
                        + "  type: chaos.injected\n"
                        + "expect:\n"
                        + "  - name: alert\n"
                        + "    type: risk.alert.raised\n"
                        + "    within: 30s\n"
                        + "    where: {severity: critical}\n"
                        + "never:\n"
                        + "  - name: halt\n"
                        + "    type: trading.halted\n"
                        + "    within: 1m\n";
        return List.of(
                new Sample("POST", "/v1/traces", PROTOBUF, traces()),
                new Sample("POST", "/v1/logs", PROTOBUF, logs()),
                Sample.of(
                        "POST",
                        "/v1/traces",
                        JSON,
                        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                            + "\"value\":{\"stringValue\":\"exchange\"}}]},\"scopeSpans\":[{\"spans\":"
                            + "[{\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"spanId\":\"00f067aa0ba902b7\",\"name\":\"POST"
                            + " /orders\",\"kind\":3,"
                            + "\"startTimeUnixNano\":\"1768469400000000000\",\"endTimeUnixNano\":"
                            + "\"1768469400500000000\",\"status\":{\"code\":2}}]}]}]}"),
                Sample.of(
                        "POST",
                        "/v1/logs",
                        JSON,
                        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":"
                            + "\"1768469400000000000\",\"severityNumber\":13,\"eventName\":"
                            + "\"order.waits\",\"body\":{\"kvlistValue\":{\"values\":[{\"key\":\"a\","
                            + "\"value\":{\"doubleValue\":1.5}}]}}}]}]}]}"),
                Sample.of("POST", "/api/v1/events", JSON, event),
                Sample.of("POST", "/api/v1/events", JSON, "[" + event + "," + event + "]"),
                Sample.of(
                        "POST",
                        "/api/v1/events",
                        "application/x-ndjson",
                        event + "\n" + event + "\n"),
                Sample.of(
                        "POST",
                        "/api/v1/audit/events",
                        JSON,
                        "{\"event_type\":\"order.placed\",\"source\":\"exchange\",\"message\":\"x\","
                            + "\"metadata\":{\"order_id\":7}}"),
                Sample.of(
                        "POST",
                        "/api/v1/links",
                        JSON,
                        "{\"cause_id\":\"t-run\",\"effect_id\":\"a-run\",\"type\":\"told\","
                                + "\"confidence\":0.5}"),
                Sample.of(
                        "POST",
                        "/api/v1/audit/correlations",
                        JSON,
                        "{\"source_event_id\":\"t-run\",\"target_event_id\":\"a-run\","
                                + "\"correlation_type\":\"older\"}"),
                Sample.of("PUT", "/api/v1/expectations", "application/yaml", expectation),
                Sample.of(
                        "POST",
                        "/api/v1/expectations/try?scenario_id=run",
                        "application/yaml",
                        expectation),
                Sample.of(
                        "PUT",
                        "/api/v1/expectations",
                        JSON,
                        "{\"name\":\"depeg\",\"scenario\":\"s\",\"when\":{\"type\":\"a.*\"},\"expect\":"
                            + "[{\"name\":\"b\",\"type\":\"b\",\"within\":\"5s\"}]}"));
    }

    private static byte[] traces() {
        Span span =
                Span.newBuilder()
                        .setTraceId(ByteString.fromHex("4bf92f3577b34da6a3ce929d0e0e4736"))
                        .setSpanId(ByteString.fromHex("00f067aa0ba902b7"))
                        .setName("POST /orders")
                        .setStartTimeUnixNano(1_768_469_400_000_000_000L)
                        .setEndTimeUnixNano(1_768_469_400_500_000_000L)
                        .addAttributes(attribute("order.id", "o-1"))
                        .addEvents(Span.Event.newBuilder().setName("checked").setTimeUnixNano(1))
                        .build();
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build()
                .toByteArray();
    }

    private static byte[] logs() {
        LogRecord.Builder record =
                LogRecord.newBuilder()
                        .setTimeUnixNano(1_768_469_400_000_000_000L)
                        .setSeverityText("WARN")
                        .setBody(AnyValue.newBuilder().setStringValue("waits"))
                        .addAttributes(attribute("order.id", "o-1"));
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder()
                                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
                .build()
                .toByteArray();
    }

    private static KeyValue.Builder attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value));
    }

    /** Paths with queries. */
    static List<String> queries() {
        return List.of(
                "/api/v1/events?service=exchange&from=2026-01-15T09:30:00Z&to=1768469400000000000&limit=5",
                "/api/v1/events?order=oldest_first&trace_id=4bf92f3577b34da6a3ce929d0e0e4736&pretty",
                "/api/v1/links?kind=rule&rule=a&event_id=a-run&from=-5",
                "/api/v1/timelines?scenario_id=run&silence=1h30m&correct_clocks=true&limit=10",
                "/api/v1/events/a-run/chain?direction=causes&depth=3&size=10",
                "/api/v1/events/a-run/group?by=trace_id,scenario_id&size=2",
                "/api/v1/statistics/delays?scenario_id=run&baseline_from=0&baseline_to=PT1S",
                "/api/v1/verdicts?scenario_id=run&status=FAILED&expectation=e&page_token=",
                "/api/v1/scenarios?limit=1",
                "/api/v1/services?healthy=true&protocol=grpc&metadata.zone=a%2Fb",
                "/api/v1/audit/events/service?service_name=risk-monitor&time_window=999999999999d",
                "/api/v1/audit/correlations?time_window=PT9223372036854775807S");
    }
}
