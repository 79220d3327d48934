package io.tradingecosystem.audit.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.event.Admission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventIds;
import io.tradingecosystem.audit.event.EventLimits;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** OTLP messages for tests, and what becomes of them once they are admitted. */
final class Translated implements Sink {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final long NANOS = NOW.getEpochSecond() * 1_000_000_000L;
    static final String TRACE = "5b8efff798038103d269b633813fc60c";
    static final String SPAN = "eee19b7ec3c1b174";
    static final EventAliases ALIASES =
            EventAliases.of(EventAliases.DEFAULT_NAMES, EventAliases.DEFAULT_SERVICES);

    final List<Candidate> records = new ArrayList<>();
    final List<Candidate> details = new ArrayList<>();
    private final List<Candidate> all = new ArrayList<>();

    private Translated() {}

    @Override
    public void record(Candidate candidate, Twin twin) {
        records.add(candidate);
        all.add(candidate);
    }

    @Override
    public void detail(Candidate candidate, Twin twin) {
        details.add(candidate);
        all.add(candidate);
    }

    static Translated spans(ResourceSpans... spans) {
        Translated translated = new Translated();
        new SpanTranslation(ALIASES, EventLimits.DEFAULT).translate(List.of(spans), translated);
        return translated;
    }

    static Translated logs(ResourceLogs... logs) {
        Translated translated = new Translated();
        new LogTranslation(ALIASES, EventLimits.DEFAULT).translate(List.of(logs), translated);
        return translated;
    }

    /** What each became, in order: an event or a refusal. */
    List<Admission.Result> results() {
        Admission admission =
                new Admission(
                        EventLimits.DEFAULT,
                        ALIASES,
                        new EventIds(InstantSource.fixed(NOW), () -> 0),
                        InstantSource.fixed(NOW));
        return all.stream().map(admission::admit).toList();
    }

    /** All events; none may be refused. */
    List<AuditEvent> events() {
        return results().stream()
                .map(
                        result -> {
                            assertThat(result).isInstanceOf(Admission.Result.Admitted.class);
                            return ((Admission.Result.Admitted) result).event();
                        })
                .toList();
    }

    /** The only event. */
    AuditEvent event() {
        assertThat(events()).hasSize(1);
        return events().getFirst();
    }

    /** Why the only candidate was refused. */
    String refusal() {
        assertThat(results()).hasSize(1);
        return ((Admission.Result.Refused) results().getFirst()).problem().toString();
    }

    static Span.Builder span() {
        return Span.newBuilder()
                .setTraceId(id(TRACE))
                .setSpanId(id(SPAN))
                .setName("POST /orders")
                .setStartTimeUnixNano(NANOS)
                .setEndTimeUnixNano(NANOS + 1_500);
    }

    static LogRecord.Builder log() {
        return LogRecord.newBuilder().setTimeUnixNano(NANOS).setBody(text("it rained"));
    }

    static ResourceSpans.Builder resource(Span.Builder... spans) {
        ResourceSpans.Builder resource = ResourceSpans.newBuilder().setResource(exchange());
        for (Span.Builder span : spans) {
            resource.addScopeSpansBuilder().addSpans(span);
        }
        return resource;
    }

    static ResourceLogs.Builder resource(LogRecord.Builder... logs) {
        ResourceLogs.Builder resource = ResourceLogs.newBuilder().setResource(exchange());
        var scope = resource.addScopeLogsBuilder();
        for (LogRecord.Builder log : logs) {
            scope.addLogRecords(log);
        }
        return resource;
    }

    static Resource.Builder exchange() {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", "exchange"))
                .addAttributes(attribute("service.instance.id", "exchange-1"));
    }

    static KeyValue attribute(String name, String value) {
        return attribute(name, text(value));
    }

    static KeyValue attribute(String name, AnyValue value) {
        return KeyValue.newBuilder().setKey(name).setValue(value).build();
    }

    static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
