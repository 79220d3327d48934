package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Random messages, every field of which is set now and then. */
final class OtlpMessages {
    private static final String[] NAMES = {
        "order.id", "host.name", "span.kind", "scenario_id", "event.type", "message", "timestamp",
        "otel.flags", "trace_id", "größe", "service.name", "source", "duration", "a"
    };

    private static final Pattern ID =
            Pattern.compile("(\"(?:traceId|spanId|parentSpanId)\":\\s*\")([^\"]*)\"");

    private final Random random;

    OtlpMessages(long seed) {
        this.random = new Random(seed);
    }

    /** A message in OTLP/JSON, made by protobuf but for the ids. */
    static String json(Message message) throws IOException {
        String json = JsonFormat.printer().printingEnumsAsInts().print(message);
        Matcher id = ID.matcher(json);
        return id.replaceAll(
                match ->
                        match.group(1)
                                + HexFormat.of()
                                        .formatHex(Base64.getDecoder().decode(match.group(2)))
                                        .toUpperCase(Locale.ROOT)
                                + "\"");
    }

    ResourceSpans spans() {
        ResourceSpans.Builder resource = ResourceSpans.newBuilder().setResource(resource());
        maybe(() -> resource.setSchemaUrl(text()));
        for (int i = random.nextInt(3); i >= 0; i--) {
            var scope = resource.addScopeSpansBuilder();
            maybe(() -> scope.setScope(scope()));
            maybe(() -> scope.setSchemaUrl(text()));
            for (int j = random.nextInt(3); j > 0; j--) {
                scope.addSpans(span());
            }
        }
        return resource.build();
    }

    ResourceLogs logs() {
        ResourceLogs.Builder resource = ResourceLogs.newBuilder().setResource(resource());
        var scope = resource.addScopeLogsBuilder().setScope(scope());
        for (int j = random.nextInt(4); j > 0; j--) {
            scope.addLogRecords(log());
        }
        return resource.build();
    }

    private Resource resource() {
        Resource.Builder resource = Resource.newBuilder().addAllAttributes(attributes());
        maybe(() -> resource.setDroppedAttributesCount(random.nextInt()));
        return resource.build();
    }

    private InstrumentationScope scope() {
        InstrumentationScope.Builder scope =
                InstrumentationScope.newBuilder().addAllAttributes(attributes());
        maybe(() -> scope.setName(text()));
        maybe(() -> scope.setVersion(text()));
        maybe(() -> scope.setDroppedAttributesCount(random.nextInt()));
        return scope.build();
    }

    private Span span() {
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(id(16))
                        .setSpanId(id(8))
                        .setStartTimeUnixNano(time())
                        .setEndTimeUnixNano(time())
                        .addAllAttributes(attributes());
        maybe(() -> span.setName(text()));
        maybe(() -> span.setParentSpanId(id(8)));
        maybe(() -> span.setTraceState(text()));
        maybe(() -> span.setFlags(random.nextInt()));
        maybe(() -> span.setKindValue(random.nextInt(8)));
        maybe(() -> span.setDroppedAttributesCount(random.nextInt()));
        maybe(() -> span.setDroppedEventsCount(random.nextInt()));
        maybe(() -> span.setDroppedLinksCount(random.nextInt()));
        maybe(
                () ->
                        span.setStatus(
                                Status.newBuilder()
                                        .setCodeValue(random.nextInt(4))
                                        .setMessage(text())));
        maybe(
                () ->
                        span.addEvents(
                                Span.Event.newBuilder()
                                        .setName(text())
                                        .setTimeUnixNano(time())
                                        .addAllAttributes(attributes())));
        maybe(
                () ->
                        span.addLinks(
                                Span.Link.newBuilder()
                                        .setTraceId(id(16))
                                        .setSpanId(id(8))
                                        .setFlags(random.nextInt())
                                        .addAllAttributes(attributes())));
        return span.build();
    }

    private LogRecord log() {
        LogRecord.Builder log = LogRecord.newBuilder().addAllAttributes(attributes());
        maybe(() -> log.setTimeUnixNano(time()));
        maybe(() -> log.setObservedTimeUnixNano(time()));
        maybe(() -> log.setSeverityNumberValue(random.nextInt(26)));
        maybe(() -> log.setSeverityText(text()));
        maybe(() -> log.setBody(value(0)));
        maybe(() -> log.setFlags(random.nextInt()));
        maybe(() -> log.setTraceId(id(16)));
        maybe(() -> log.setSpanId(id(8)));
        maybe(() -> log.setEventName(text()));
        return log.build();
    }

    /** Names are unique, as OTLP wants them. */
    private List<KeyValue> attributes() {
        List<KeyValue> attributes = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(4) == 0) {
                attributes.add(KeyValue.newBuilder().setKey(name).setValue(value(0)).build());
            }
        }
        return attributes;
    }

    private AnyValue value(int depth) {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (random.nextInt(depth < 3 ? 9 : 6)) {
            case 0 -> value.setBoolValue(random.nextBoolean());
            case 1 -> value.setIntValue(random.nextLong());
            case 2 -> value.setDoubleValue(random.nextGaussian());
            case 3 -> value.setBytesValue(id(random.nextInt(9)));
            case 4 -> value.setDoubleValue(Double.NEGATIVE_INFINITY);
            case 6 ->
                    value.setArrayValue(
                            ArrayValue.newBuilder()
                                    .addValues(value(depth + 1))
                                    .addValues(value(depth + 1)));
            case 7 ->
                    value.setKvlistValue(
                            KeyValueList.newBuilder()
                                    .addValues(
                                            KeyValue.newBuilder()
                                                    .setKey(text())
                                                    .setValue(value(depth + 1))));
            case 8 -> {}
            default -> value.setStringValue(text());
        }
        return value.build();
    }

    private String text() {
        return "text \"é😀\" " + random.nextInt(1_000);
    }

    private long time() {
        return Translated.NANOS + random.nextInt(1_000_000_000);
    }

    private ByteString id(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private void maybe(Runnable set) {
        if (random.nextBoolean()) {
            set.run();
        }
    }
}
