package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.api.events.EventCondition.AtLeast;
import io.tradingecosystem.audit.api.events.EventCondition.Attribute;
import io.tradingecosystem.audit.api.events.EventCondition.IdPrefix;
import io.tradingecosystem.audit.api.events.EventCondition.IsError;
import io.tradingecosystem.audit.api.events.EventCondition.Lasted;
import io.tradingecosystem.audit.api.events.EventCondition.LastedAtMost;
import io.tradingecosystem.audit.api.events.EventCondition.OfSeverity;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventFilter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The conditions of a question that no index decides, and the values of business keys among them,
 * which one does; the same over HTTP and gRPC.
 *
 * @param keys the business keys that were asked for as attributes
 * @param others all others
 */
record EventConditions(List<Selection.Key> keys, List<EventCondition> others) {
    private static final String ATTRIBUTE = "attribute.";
    private static final int MAX_ATTRIBUTES = 16;
    private static final int MAX_PREFIX = 256;

    EventConditions {
        keys = List.copyOf(keys);
        others = List.copyOf(others);
    }

    /** The names of the query parameters. */
    static Stream<String> names() {
        return Stream.of(
                "id_prefix",
                "severity",
                "min_severity",
                "error",
                "min_duration",
                "max_duration",
                ATTRIBUTE + "*");
    }

    /** Reads the query of a request. */
    static EventConditions of(
            QueryParameters query, Set<String> businessKeys, EventAliases aliases) {
        Reading reading = new Reading(businessKeys, aliases);
        reading.prefix(query.text("id_prefix"));
        severity(query, "severity").map(OfSeverity::new).ifPresent(reading.others::add);
        severity(query, "min_severity").map(AtLeast::new).ifPresent(reading.others::add);
        error(query).map(IsError::new).ifPresent(reading.others::add);
        reading.durations(
                query.duration("min_duration", Duration.ZERO),
                query.duration("max_duration", Duration.ZERO));
        reading.attributes(query.startingWith(ATTRIBUTE));
        return reading.read();
    }

    private static Optional<Severity> severity(QueryParameters query, String name) {
        String allowed = "it is one of debug, info, warning, error and critical";
        return query.text(name).isEmpty()
                ? Optional.empty()
                : Optional.of(query.value(name, Severity.INFO, Severity::parse, allowed));
    }

    private static Optional<Boolean> error(QueryParameters query) {
        return query.text("error").isEmpty()
                ? Optional.empty()
                : Optional.of(query.flag("error", false));
    }

    /** Reads the filter of a message. */
    static EventConditions of(EventFilter filter, Set<String> businessKeys, EventAliases aliases) {
        Reading reading = new Reading(businessKeys, aliases);
        reading.prefix(filter.getIdPrefix());
        severity(filter.getSeverity()).map(OfSeverity::new).ifPresent(reading.others::add);
        severity(filter.getMinSeverity()).map(AtLeast::new).ifPresent(reading.others::add);
        if (filter.hasError()) {
            reading.others.add(new IsError(filter.getError()));
        }
        reading.durations(
                duration("min_duration", filter.getMinDuration()),
                duration("max_duration", filter.getMaxDuration()));
        reading.attributes(filter.getAttributesMap());
        return reading.read();
    }

    private static Optional<Severity> severity(Event.Severity asked) {
        if (asked == Event.Severity.UNRECOGNIZED) {
            throw new InvalidQuestionException("a severity is none that is known");
        }
        return Protobuf.choice(asked, Severity.class);
    }

    private static Duration duration(String name, long nanos) {
        InvalidQuestionException.requireRange(name, nanos, 0, Long.MAX_VALUE);
        return Duration.ofNanos(nanos);
    }

    /** What was read so far. */
    private static final class Reading {
        private final Set<String> businessKeys;
        private final EventAliases aliases;
        private final List<Selection.Key> keys = new ArrayList<>();
        private final List<EventCondition> others = new ArrayList<>();

        Reading(Set<String> businessKeys, EventAliases aliases) {
            this.businessKeys = businessKeys;
            this.aliases = aliases;
        }

        EventConditions read() {
            return new EventConditions(keys, others);
        }

        void prefix(String prefix) {
            if (!prefix.isEmpty()) {
                InvalidQuestionException.requireRange(
                        "the length of id_prefix",
                        prefix.codePointCount(0, prefix.length()),
                        IdPrefix.MIN_LENGTH,
                        MAX_PREFIX);
                others.add(IdPrefix.of(prefix));
            }
        }

        void durations(Duration min, Duration max) {
            if (min.isPositive()) {
                others.add(new Lasted(min));
            }
            if (max.isPositive()) {
                others.add(new LastedAtMost(max));
            }
        }

        void attributes(Map<String, String> asked) {
            InvalidQuestionException.requireRange(
                    "the number of attributes", asked.size(), 0, MAX_ATTRIBUTES);
            asked.forEach(this::attribute);
        }

        private void attribute(String name, String value) {
            if (name.isBlank() || value.isEmpty()) {
                throw new InvalidQuestionException(
                        "an attribute to find by has a name and a value: "
                                + ATTRIBUTE
                                + "name=value");
            }
            String kept = businessKeys.contains(name) ? name : aliases.attribute(name);
            if (businessKeys.contains(kept)) {
                keys.add(new Selection.Key.Business(kept, value));
            } else {
                others.add(Attribute.of(name, value));
            }
        }
    }
}
