package io.tradingecosystem.audit.ingest.alertmanager;

import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.event.json.JsonValue;
import io.tradingecosystem.audit.ingest.DerivedId;
import io.tradingecosystem.audit.ingest.FreeName;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One alert as an event: that it fires, at {@code startsAt}, or that it is over, at {@code endsAt}.
 * Alertmanager tells of the same alert again and again, and several of them tell of it, so the id
 * is derived from fingerprint, times and status. Labels are attributes of their own names.
 */
final class AlertEvent {
    /** The labels that name the service, the first that there is. */
    static final List<String> SERVICE_LABELS = List.of("service", "service_name", "app", "job");

    private static final String DEFAULT_SERVICE = "alertmanager";
    private static final String PREFIX = "alertmanager.";
    private static final List<String> SENTENCES = List.of("summary", "description", "message");

    private final Map<String, AttributeValue> alert;

    private AlertEvent(Map<String, AttributeValue> alert) {
        this.alert = alert;
    }

    /** The status, which says what happened. */
    private enum Status {
        FIRING("firing", "startsAt"),
        RESOLVED("resolved", "endsAt");

        private final String word;
        private final String time;

        Status(String word, String time) {
            this.word = word;
            this.time = time;
        }

        static Optional<Status> of(String word) {
            return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
        }
    }

    static Candidate of(JsonValue read) {
        if (read.problem().isPresent()) {
            return new Candidate.Unreadable("", "", read.problem().get());
        }
        return read.value() instanceof AttributeValue.Mapping alert
                ? new AlertEvent(alert.values()).candidate()
                : unreadable("", Reason.MALFORMED, "an alert is a JSON object, and this is none");
    }

    private Candidate candidate() {
        Optional<Status> status = Status.of(text("status"));
        if (status.isEmpty()) {
            return bad(Reason.BAD_FIELD, "status", "is neither firing nor resolved");
        }
        if (text("fingerprint").isEmpty()) {
            return unreadable(
                    service(), Reason.MISSING_FIELD, "fingerprint of an alert is not there");
        }
        if (!(alert.get("labels") instanceof AttributeValue.Mapping)) {
            return unreadable(service(), Reason.BAD_FIELD, "labels of an alert are an object");
        }
        Optional<Instant> starts = Times.parse(text("startsAt"));
        Optional<Instant> at = Times.parse(text(status.get().time));
        if (starts.isEmpty() || at.isEmpty()) {
            return bad(
                    Reason.BAD_TIME,
                    starts.isEmpty() ? "startsAt" : status.get().time,
                    "is not RFC 3339 with at most nanoseconds");
        }
        return new Candidate.Draft(event(status.get(), starts.get(), at.get()));
    }

    private Candidate bad(Reason reason, String name, String why) {
        return unreadable(
                service(),
                reason,
                "%s \"%s\" of an alert %s".formatted(name, UnicodeText.excerpt(text(name)), why));
    }

    private static Candidate unreadable(String service, Reason reason, String text) {
        return new Candidate.Unreadable("", service, new EventProblem(reason, text));
    }

    private AuditEventBuilder event(Status status, Instant starts, Instant at) {
        AuditEventBuilder event =
                AuditEvent.builder(service(), "alert." + status.word)
                        .id(
                                DerivedId.of(
                                        DEFAULT_SERVICE,
                                        text("fingerprint"),
                                        status.word,
                                        Times.format(starts),
                                        Times.format(at)))
                        .occurredAt(at)
                        .severity(severity(status))
                        .message(message());
        map("labels").forEach((name, value) -> label(event, name, value));
        put(event, "annotations", new AttributeValue.Mapping(map("annotations")));
        put(event, PREFIX + "fingerprint", text("fingerprint"));
        put(event, PREFIX + "generator_url", text("generatorURL"));
        put(event, PREFIX + "starts_at", Times.format(starts));
        return event;
    }

    /** The label of the service's own name is the event's service already. */
    private static void label(AuditEventBuilder event, String name, AttributeValue value) {
        if (!name.equals(SERVICE_LABELS.getFirst()) || value.asText().isBlank()) {
            event.attribute(name, value);
        }
    }

    /** What is over is nothing to worry about; what fires is, whatever its label says. */
    private Severity severity(Status status) {
        return switch (status) {
            case RESOLVED -> Severity.INFO;
            case FIRING ->
                    Severity.parse(label("severity"))
                            .or(() -> Severity.parse(label("priority")))
                            .orElse(Severity.WARNING);
        };
    }

    private String service() {
        return SERVICE_LABELS.stream()
                .map(this::label)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(DEFAULT_SERVICE);
    }

    private String message() {
        Map<String, AttributeValue> annotations = map("annotations");
        return SENTENCES.stream()
                .map(name -> text(annotations, name))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private static void put(AuditEventBuilder event, String name, String value) {
        if (!value.isEmpty()) {
            put(event, name, new AttributeValue.Text(value));
        }
    }

    private static void put(AuditEventBuilder event, String name, AttributeValue value) {
        FreeName.put(event, PREFIX, name, value);
    }

    private String label(String name) {
        return text(map("labels"), name);
    }

    private Map<String, AttributeValue> map(String name) {
        return alert.get(name) instanceof AttributeValue.Mapping mapping
                ? mapping.values()
                : Map.of();
    }

    private String text(String name) {
        return text(alert, name);
    }

    private static String text(Map<String, AttributeValue> values, String name) {
        AttributeValue value = values.get(name);
        return value == null ? "" : value.asText();
    }
}
