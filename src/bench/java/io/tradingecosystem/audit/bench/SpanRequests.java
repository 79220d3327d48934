package io.tradingecosystem.audit.bench;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Requests of OTLP as four services send them: traces of twenty spans, each the parent of the next,
 * with random ids and four attributes; about 170 bytes a span. A seed gives the same again.
 */
final class SpanRequests {
    private static final List<String> SERVICES =
            List.of("trading-engine", "risk-monitor", "exchange-simulator", "custodian-simulator");
    private static final int SPANS_OF_A_TRACE = 20;
    private static final int NAMES = 50;
    private static final int ORDERS = 1_000_000;
    private static final int SYMBOLS = 200;
    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;
    private static final long BETWEEN_SPANS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long LASTS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Random random;
    private final int together;
    private final List<String> traces = new ArrayList<>();
    private long next;

    /**
     * @param together spans of a request
     * @param start of the first span, in nanoseconds since the epoch
     */
    SpanRequests(long seed, int together, long start) {
        this.random = new Random(seed);
        this.together = together;
        this.next = start;
    }

    /** The ids of all traces so far, in hex. */
    List<String> traces() {
        return traces;
    }

    /** The next request, in protobuf. */
    byte[] body() {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        int left = together;
        while (left > 0) {
            int spans = Math.min(left, SPANS_OF_A_TRACE);
            trace(spans).forEach(request::addResourceSpans);
            left -= spans;
        }
        return request.build().toByteArray();
    }

    private List<ResourceSpans> trace(int spans) {
        ByteString trace = id(TRACE_ID);
        traces.add(HexFormat.of().formatHex(trace.toByteArray()));
        Map<String, ResourceSpans.Builder> services = new TreeMap<>();
        ByteString parent = ByteString.EMPTY;
        for (int i = 0; i < spans; i++) {
            Span span = span(trace, parent);
            services.computeIfAbsent(one(SERVICES), SpanRequests::of)
                    .getScopeSpansBuilder(0)
                    .addSpans(span);
            parent = span.getSpanId();
        }
        return services.values().stream().map(ResourceSpans.Builder::build).toList();
    }

    private static ResourceSpans.Builder of(String service) {
        ResourceSpans.Builder spans = ResourceSpans.newBuilder();
        spans.getResourceBuilder().addAttributes(text("service.name", service));
        spans.addScopeSpansBuilder();
        return spans;
    }

    private Span span(ByteString trace, ByteString parent) {
        next += BETWEEN_SPANS;
        return Span.newBuilder()
                .setTraceId(trace)
                .setSpanId(id(SPAN_ID))
                .setParentSpanId(parent)
                .setName("op-" + random.nextInt(NAMES))
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(next)
                .setEndTimeUnixNano(next + LASTS)
                .addAttributes(text("order_id", "ORD-" + random.nextInt(ORDERS)))
                .addAttributes(text("symbol", "S" + random.nextInt(SYMBOLS)))
                .addAttributes(text("http.route", "/api/v1/orders"))
                .addAttributes(text("peer", "10.0.0.1"))
                .build();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private ByteString id(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private static KeyValue text(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
