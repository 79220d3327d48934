package io.tradingecosystem.audit.event;

import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.EventLimits.BadTime;
import io.tradingecosystem.audit.event.EventProblem.Reason;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes an event of what a sender reported: resolves names, gives an id and a time where there is
 * none, and holds it to the limits. What the log adds (recorded_at, position) is taken out, and
 * whatever it says, its author is a door. Thread-safe.
 */
public final class Admission {
    /** The attribute that keeps the time that was reported where another one was stored. */
    static final String REPORTED_TIME = "audit.told_occurred_at";

    /** No event is taken that occurred before. */
    public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private final EventLimits limits;
    private final EventAliases aliases;
    private final EventIds ids;
    private final InstantSource clock;
    private final EventMeasure measure;
    private final boolean recorded;

    /** An admission of what comes in by a door, by these limits and names. */
    public Admission(EventLimits limits, EventAliases aliases, EventIds ids, InstantSource clock) {
        this(limits, aliases, ids, clock, false);
    }

    private Admission(
            EventLimits limits,
            EventAliases aliases,
            EventIds ids,
            InstantSource clock,
            boolean recorded) {
        this.recorded = recorded;
        this.limits = limits;
        this.aliases = aliases;
        this.ids = ids;
        this.clock = clock;
        this.measure = new EventMeasure(limits);
    }

    /**
     * An admission of what is read from a recording, for nothing but to work on it: what the
     * correlator said in it is admitted, as unproven.
     */
    public static Admission ofRecording(
            EventLimits limits, EventAliases aliases, EventIds ids, InstantSource clock) {
        return new Admission(limits, aliases, ids, clock, true);
    }

    /** What became of a candidate. */
    public sealed interface Result {

        /**
         * It is an event.
         *
         * @param event ready for the log
         * @param idGiven whether we gave it its id
         * @param timeGiven whether its occurred_at was given here: the time of arrival, or a
         *     clamped one
         * @param note what the sender should know about it, or empty
         * @param size of its texts, attributes and links, as {@link EventLimits} measures them
         */
        record Admitted(AuditEvent event, boolean idGiven, boolean timeGiven, String note, int size)
                implements Result {}

        /**
         * It is not taken.
         *
         * @param id as the sender gave it, in part if it is long, or empty
         * @param service as the sender gave it, in part if it is long, or empty
         * @param problem why
         */
        record Refused(String id, String service, EventProblem problem) implements Result {
            public Refused {
                id = UnicodeText.excerpt(id);
                service = UnicodeText.excerpt(service);
            }
        }
    }

    /** Judges one candidate. Uses the draft up. */
    public Result admit(Candidate candidate) {
        return admit(candidate, "");
    }

    /**
     * Judges one candidate. Uses the draft up.
     *
     * @param scenarioId the run that it belongs to, unless the event itself says otherwise
     */
    public Result admit(Candidate candidate, String scenarioId) {
        return switch (candidate) {
            case Candidate.Draft draft -> admit(draft.event(), scenarioId);
            case Candidate.Unreadable unreadable ->
                    new Result.Refused(
                            unreadable.id(),
                            aliases.service(unreadable.service()),
                            unreadable.problem());
        };
    }

    private Result admit(AuditEventBuilder event, String scenarioId) {
        // Before as well: an id of zeros is none, so that another name may bring one.
        ids(event);
        Optional<EventProblem> problem =
                aliases.resolve(event).or(() -> traceContext(event)).or(() -> required(event));
        if (problem.isPresent()) {
            return refused(event, problem.get());
        }
        if (event.scenarioId.isEmpty()) {
            event.scenarioId = scenarioId;
        }
        String note = TextRepair.repair(event);
        Optional<EventProblem> reserved = recorded ? Optional.empty() : reserved(event);
        if (reserved.isPresent()) {
            return refused(event, reserved.get());
        }
        boolean idGiven = event.id.isEmpty();
        if (idGiven) {
            event.id = ids.next();
        }
        Instant now = clock.instant();
        boolean timeGiven = !event.timeReported;
        if (timeGiven) {
            event.occurredAt = now;
        } else {
            Optional<EventProblem> badTime = time(event.occurredAt, now);
            if (badTime.isPresent()) {
                if (limits.badTime() == BadTime.REFUSE) {
                    return refused(event, badTime.get());
                }
                note = joined(note, clamp(event, now, badTime.get()));
                timeGiven = true;
            }
        }
        event.recordedAt = timeGiven ? AuditEvent.TIME_GIVEN : Instant.EPOCH;
        event.position = 0;
        event.author = recorded ? Author.presumed(event.type) : Author.DOOR;
        Optional<EventProblem> over = measure.check(event);
        return over.isPresent()
                ? refused(event, over.get())
                : new Result.Admitted(event.build(), idGiven, timeGiven, note, event.size);
    }

    private String clamp(AuditEventBuilder event, Instant now, EventProblem problem) {
        String told =
                event.mark(REPORTED_TIME, new AttributeValue.Text(event.occurredAt.toString()));
        event.occurredAt =
                problem.reason() == Reason.PAST_TIME ? EARLIEST : now.plus(limits.future());
        return problem.reason()
                + ": "
                + problem.text()
                + "; stored with "
                + event.occurredAt
                + ", the time told is kept in the attribute "
                + told;
    }

    private static String joined(String note, String other) {
        return note.isEmpty() ? other : note + "; " + other;
    }

    private Optional<EventProblem> time(Instant occurredAt, Instant now) {
        if (occurredAt.isBefore(EARLIEST)) {
            return Optional.of(
                    new EventProblem(
                            Reason.PAST_TIME,
                            "occurred_at "
                                    + occurredAt
                                    + " lies before the year 2000; a number is read as nanoseconds"
                                    + " since the epoch"));
        }
        if (occurredAt.isAfter(now.plus(limits.future()))) {
            return Optional.of(
                    new EventProblem(
                            Reason.FUTURE_TIME,
                            "occurred_at "
                                    + occurredAt
                                    + " lies more than "
                                    + limits.future()
                                    + " ahead of our clock, which says "
                                    + now));
        }
        return Optional.empty();
    }

    private static Optional<EventProblem> required(AuditEventBuilder event) {
        if (event.service.isBlank()) {
            return missing("service");
        }
        if (event.type.isBlank()) {
            return missing("type");
        }
        Duration duration = event.duration;
        if (duration.isNegative() || duration.toSeconds() >= Long.MAX_VALUE / 1_000_000_000L) {
            return Optional.of(
                    new EventProblem(
                            Reason.BAD_DURATION,
                            "duration " + duration + " is negative or does not fit 64 bits of ns"));
        }
        return Optional.empty();
    }

    /** After names are resolved and texts repaired: what counts is what would be stored. */
    private static Optional<EventProblem> reserved(AuditEventBuilder event) {
        if (OwnWords.TYPES.contains(event.type)) {
            return Optional.of(
                    new EventProblem(
                            Reason.RESERVED_TYPE,
                            "only the correlator writes events of type "
                                    + event.type
                                    + sayItBy(event.type)));
        }
        return OwnWords.isOwnId(event.id)
                ? Optional.of(
                        new EventProblem(
                                Reason.RESERVED_ID,
                                "ids that begin with "
                                        + OwnWords.ID_PREFIX
                                        + " are the correlator's own"))
                : Optional.empty();
    }

    /** What to do instead. */
    private static String sayItBy(String type) {
        return switch (type) {
            case OwnWords.GAP -> "; tell of lost events by POST /api/v1/gaps";
            case OwnWords.LINK -> "; tell of a link by POST /api/v1/links";
            case OwnWords.EXPECTATION -> "; put an expectation by PUT /api/v1/expectations";
            default -> "";
        };
    }

    private static Optional<EventProblem> missing(String field) {
        return Optional.of(
                new EventProblem(Reason.MISSING_FIELD, field + " is required and not there"));
    }

    private static Optional<EventProblem> traceContext(AuditEventBuilder event) {
        ids(event);
        event.links = links(event.links);
        if (isNot(32, event.traceId)) {
            return badContext("trace_id", event.traceId, 32);
        }
        if (isNot(16, event.spanId)) {
            return badContext("span_id", event.spanId, 16);
        }
        if (isNot(16, event.parentSpanId)) {
            return badContext("parent_span_id", event.parentSpanId, 16);
        }
        for (SpanLink link : event.links) {
            if (link.traceId().isEmpty() || isNot(32, link.traceId())) {
                return badContext("trace_id of a link", link.traceId(), 32);
            }
            if (link.spanId().isEmpty() || isNot(16, link.spanId())) {
                return badContext("span_id of a link", link.spanId(), 16);
            }
        }
        return Optional.empty();
    }

    private static Optional<EventProblem> badContext(String field, String value, int digits) {
        return Optional.of(
                new EventProblem(
                        Reason.BAD_TRACE_CONTEXT,
                        field
                                + " \""
                                + UnicodeText.excerpt(value)
                                + "\" is not "
                                + digits
                                + " hex digits"));
    }

    private static void ids(AuditEventBuilder event) {
        event.traceId = id(event, "trace_id", event.traceId);
        event.spanId = id(event, "span_id", event.spanId);
        event.parentSpanId = id(event, "parent_span_id", event.parentSpanId);
    }

    /** All zeros mean that there is none; what was told is kept beside. */
    private static String id(AuditEventBuilder event, String field, String id) {
        if (!isZero(id)) {
            return plain(id);
        }
        event.mark("audit.told_" + field, new AttributeValue.Text(id));
        return "";
    }

    private static boolean isZero(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) != '0' && id.charAt(i) != '-') {
                return false;
            }
        }
        return id.indexOf('0') >= 0;
    }

    private static List<SpanLink> links(List<SpanLink> links) {
        for (SpanLink link : links) {
            if (!isPlain(link.traceId()) || !isPlain(link.spanId())) {
                return links.stream()
                        .map(each -> new SpanLink(plain(each.traceId()), plain(each.spanId())))
                        .toList();
            }
        }
        return links;
    }

    /** Lower case, without the dashes of a UUID. */
    private static String plain(String id) {
        return isPlain(id) || id.equals("-") ? id : id.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isPlain(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '-' || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNot(int digits, String id) {
        return !id.isEmpty() && !Hex.isHex(id, digits);
    }

    private static Result refused(AuditEventBuilder event, EventProblem problem) {
        return new Result.Refused(event.id, event.service, problem);
    }
}
