package io.tradingecosystem.audit.ingest.cloudevents;

import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.ingest.DerivedId;
import io.tradingecosystem.audit.ingest.FreeName;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A CloudEvent as an event. Source and id together are what it is known by, so the event's id is
 * derived from both. The same CloudEvent is the same event in every mode that it is sent in: values
 * of extensions are texts, and {@code application/json}, which may be left out, is left out.
 *
 * <p>The members of a JSON object in {@code data} are attributes of their own names; what stands
 * around it has the names of OpenTelemetry's conventions for CloudEvents. Where an extension has
 * the name of a member of the data, its name gets {@value #PREFIX} before it.
 *
 * @param context the attributes by their names, each not empty
 * @param data what it carries
 * @param problem what is wrong with either
 */
record CloudEvent(
        Map<String, String> context,
        Optional<AttributeValue> data,
        Optional<EventProblem> problem) {
    private static final String PREFIX = "cloudevents.";
    private static final String VERSION = "1.0";
    private static final String JSON = "application/json";
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    /** What has a place of its own in an event, so that it is no extension. */
    private static final Set<String> PLACED =
            Set.of(
                    "specversion",
                    "id",
                    "source",
                    "type",
                    "time",
                    "subject",
                    "dataschema",
                    "datacontenttype",
                    "service",
                    "instance",
                    "correlationid",
                    "scenarioid");

    /** What became of it. */
    Candidate candidate() {
        Optional<EventProblem> wrong = problem.or(this::missing).or(this::unreadable);
        return wrong.isPresent()
                ? new Candidate.Unreadable(id(), service(), wrong.get())
                : new Candidate.Draft(event());
    }

    private Optional<EventProblem> missing() {
        return REQUIRED.stream()
                .filter(name -> text(name).isEmpty())
                .findFirst()
                .map(
                        name ->
                                new EventProblem(
                                        Reason.MISSING_FIELD,
                                        name + " of a CloudEvent is required and not there"));
    }

    private Optional<EventProblem> unreadable() {
        if (!text("specversion").equals(VERSION)) {
            return bad("specversion", "is not " + VERSION + ", the version that is read here");
        }
        for (String name : List.of("id", "source")) {
            if (!UnicodeText.isWellFormed(text(name))) {
                return bad(name, "has halves of surrogate pairs");
            }
        }
        return has("time") && time().isEmpty()
                ? Optional.of(
                        new EventProblem(
                                Reason.BAD_TIME,
                                "time \"%s\" is not RFC 3339 with at most nanoseconds"
                                        .formatted(UnicodeText.excerpt(text("time")))))
                : Optional.empty();
    }

    private Optional<EventProblem> bad(String name, String why) {
        return Optional.of(
                new EventProblem(
                        Reason.BAD_FIELD,
                        "%s \"%s\" %s".formatted(name, UnicodeText.excerpt(text(name)), why)));
    }

    private AuditEventBuilder event() {
        AuditEventBuilder event = AuditEvent.builder(service(), text("type")).id(id());
        event.instance(text("instance"))
                .correlationId(text("correlationid"))
                .scenarioId(text("scenarioid"));
        time().ifPresent(event::occurredAt);
        severity().ifPresent(event::severity);
        TraceParent.parse(text("traceparent"))
                .ifPresent(parent -> event.traceId(parent.traceId()).parentSpanId(parent.spanId()));
        data.ifPresent(value -> put(event, value));
        about(event);
        return event;
    }

    private static void put(AuditEventBuilder event, AttributeValue data) {
        if (data instanceof AttributeValue.Mapping object) {
            object.values().forEach(event::attribute);
        } else {
            event.attribute(EventData.NAME, data);
        }
    }

    private void about(AuditEventBuilder event) {
        about(event, "event_id", text("id"));
        about(event, "event_source", text("source"));
        about(event, "event_subject", text("subject"));
        about(event, "dataschema", text("dataschema"));
        boolean implied = EventData.bare(text("datacontenttype")).equals(JSON);
        about(event, "datacontenttype", implied ? "" : text("datacontenttype"));
        SortedMap<String, String> extensions = new TreeMap<>(context);
        extensions.keySet().removeAll(PLACED);
        extensions.forEach(
                (name, value) -> FreeName.put(event, PREFIX, name, new AttributeValue.Text(value)));
    }

    private static void about(AuditEventBuilder event, String name, String value) {
        if (!value.isEmpty()) {
            FreeName.put(event, PREFIX, PREFIX + name, new AttributeValue.Text(value));
        }
    }

    private Optional<Instant> time() {
        return has("time") ? Times.parse(text("time")) : Optional.empty();
    }

    /** The extension {@code severity}: OpenTelemetry's number before its text. */
    private Optional<Severity> severity() {
        String number = text("severitynumber");
        Optional<Severity> numbered =
                number.matches("\\d{1,2}")
                        ? Severity.ofNumber(Integer.parseInt(number))
                        : Optional.empty();
        return numbered.or(() -> Severity.parse(text("severitytext")))
                .or(() -> Severity.parse(text("severity")));
    }

    private String id() {
        return has("source") && has("id") ? DerivedId.of(text("source"), text("id")) : "";
    }

    private String service() {
        return has("service") ? text("service") : text("source");
    }

    private boolean has(String name) {
        return !text(name).isEmpty();
    }

    private String text(String name) {
        return context.getOrDefault(name, "");
    }
}
