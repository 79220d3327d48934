package io.tradingecosystem.audit.ingest.otlp;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;

import java.util.List;
import java.util.Optional;

/**
 * Log records as events in their trace, with the span that they were written in as parent. A record
 * with an event name is an event of that type, one without is of type {@value #LOG}. Severities
 * follow the table of the log data model; what our five words cannot tell (INFO2, a logger's own
 * word) is kept as an attribute. Immutable.
 */
final class LogTranslation {
    /** The type of a record that does not say what it is. */
    static final String LOG = "log";

    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;

    private final EventAliases aliases;
    private final EventLimits limits;

    LogTranslation(EventAliases aliases, EventLimits limits) {
        this.aliases = requireNonNull(aliases, "aliases is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    /** Translates every record, in order. */
    void translate(List<ResourceLogs> resources, Sink sink) {
        LogIds ids = new LogIds();
        for (ResourceLogs resource : resources) {
            Origin origin = Origin.of(resource.getResource(), resource.getSchemaUrl(), resource);
            LogIds.Place place = ids.of(resource.getResource(), resource.getSchemaUrl());
            for (ScopeLogs scope : resource.getScopeLogsList()) {
                Origin within = origin.within(scope.getScope(), scope.getSchemaUrl(), scope);
                LogIds.Place placed = place.within(scope.getScope(), scope.getSchemaUrl());
                for (LogRecord log : scope.getLogRecordsList()) {
                    sink.record(event(log, within, placed.id(log)), stored -> Optional.empty());
                }
            }
        }
    }

    private Candidate event(LogRecord log, Origin origin, String id) {
        Draft draft = new Draft(id, origin, aliases);
        String name = log.getEventName();
        draft.own(log.getAttributesList());
        Optional<Convention> convention = Convention.ofLog(name, draft.own());
        draft.type(
                        name.isEmpty() && convention.isEmpty() ? LOG : name,
                        "log.event_name",
                        convention)
                .service();
        context(draft, log);
        times(draft, log);
        severity(draft, log);
        body(draft, log.getBody());
        return draft.reported("otel.flags", log.getFlags())
                .reported("otel.dropped_attributes_count", log.getDroppedAttributesCount())
                .unknownFields(log)
                .shared(origin, limits)
                .candidate();
    }

    /** An invalid id means that there is none, says OTLP; what came is kept beside. */
    private static void context(Draft draft, LogRecord log) {
        if (Draft.isId(log.getTraceId(), TRACE_ID)) {
            draft.event().traceId(Draft.hex(log.getTraceId()));
        } else {
            invalid(draft, "log.invalid_trace_id", log.getTraceId());
        }
        if (Draft.isId(log.getSpanId(), SPAN_ID)) {
            draft.event().parentSpanId(Draft.hex(log.getSpanId()));
        } else {
            invalid(draft, "log.invalid_span_id", log.getSpanId());
        }
    }

    private static void invalid(Draft draft, String name, ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                draft.reported(name, Draft.hex(id));
                return;
            }
        }
    }

    private static void times(Draft draft, LogRecord log) {
        long time = log.getTimeUnixNano();
        long observed = log.getObservedTimeUnixNano();
        if (time == 0) {
            draft.occurredAt(observed, "observed_time_unix_nano");
        } else {
            draft.occurredAt(time, "time_unix_nano");
            if (observed < 0) {
                draft.reported("log.observed_time", Long.toUnsignedString(observed));
            } else if (observed > 0 && observed != time) {
                draft.reported("log.observed_time", Times.ofEpochNanos(observed).toString());
            }
        }
    }

    private static void severity(Draft draft, LogRecord log) {
        int number = log.getSeverityNumberValue();
        String text = log.getSeverityText();
        Optional<Severity> spoken = Severity.parse(text);
        Optional<Severity> numbered = Severity.ofNumber(number);
        numbered.or(() -> spoken).ifPresent(draft.event()::severity);
        if (numbered.isEmpty() || (number - 1) % 4 != 0 || number == 1) {
            draft.reported("log.severity_number", number);
        }
        if (spoken.isEmpty() || !spoken.equals(numbered.or(() -> spoken))) {
            draft.reported("log.severity_text", text);
        }
    }

    private static void body(Draft draft, AnyValue body) {
        switch (body.getValueCase()) {
            case STRING_VALUE -> draft.event().message(body.getStringValue());
            case VALUE_NOT_SET -> {}
            case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE, BYTES_VALUE, ARRAY_VALUE, KVLIST_VALUE ->
                    draft.reported("log.body", AnyValues.of(body));
        }
    }
}
