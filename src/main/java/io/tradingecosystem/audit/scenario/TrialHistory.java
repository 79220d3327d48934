package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Source;
import io.tradingecosystem.audit.scenario.sources.DeadTimes;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.Removal;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The stored events that an expectation is tried on: those of the triggers that are asked for, and
 * of the time in which its windows lie; and word of all losses, whenever it came. What is not read,
 * or not there any more, counts as lost. Immutable.
 *
 * @param from of triggers that occurred from here on
 * @param to of those that occurred before
 * @param scenarioId of those of this run; empty for any
 * @param events what was read
 * @param unknown when events may be missing
 * @param incomplete the same, for people
 * @param cut from where on nothing was read; absent if all was
 */
public record TrialHistory(
        Instant from,
        Instant to,
        String scenarioId,
        List<AuditEvent> events,
        List<Gap> unknown,
        List<Omission> incomplete,
        Optional<Instant> cut) {
    /** How many events one is tried on. */
    static final int MAX_EVENTS = 50_000;

    /** Of about so many bytes in all. */
    private static final long MAX_SIZE = 64L << 20;

    private static final int MAX_GAPS = 1_000;
    private static final Duration DEFAULT_TIME = Duration.ofHours(1);

    public TrialHistory {
        events = List.copyOf(events);
        unknown = List.copyOf(unknown);
        incomplete = List.copyOf(incomplete);
    }

    /** Reads it. */
    static TrialHistory read(
            EventIndex index,
            Expectation expectation,
            TrialQuestion question,
            Tolerances tolerances,
            Instant now) {
        Selection triggers = triggers(index, question, now);
        Duration skew = tolerances.clockSkew().max();
        Instant end = plus(triggers.to(), expectation.watched().plus(skew));
        Reading reading = new Reading(index);
        reading.read(triggers.between(minus(triggers.from(), lead(expectation).plus(skew)), end));
        reading.readGaps();
        expectation.sources().stream()
                .filter(Source::isProbed)
                .forEach(source -> reading.readDead(source.service()));
        return reading.history(
                triggers, question.scenarioId(), asked(expectation, triggers), end, skew);
    }

    /** Whether not all was read. */
    boolean isCut() {
        return cut.isPresent();
    }

    /** Whether a verdict is of a trigger that was asked for, and read. */
    boolean isAsked(Verdict verdict) {
        Instant at = verdict.triggeredAt();
        return !at.isBefore(from)
                && at.isBefore(cut.filter(to::isAfter).orElse(to))
                && (scenarioId.isEmpty() || scenarioId.equals(verdict.scenarioId()));
    }

    /** So long before a trigger a service may have spoken that is not silent. */
    private static Duration lead(Expectation expectation) {
        return expectation.sources().stream()
                .map(source -> source.every())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Selection triggers(EventIndex index, TrialQuestion question, Instant now) {
        Instant first = question.from();
        if (first.equals(Selection.BEGINNING)) {
            first =
                    edge(index, question.scenarioId(), Direction.OLDEST_FIRST)
                            .orElse(minus(now, DEFAULT_TIME));
        }
        Instant last = question.to();
        if (last.equals(Selection.END)) {
            last =
                    edge(index, question.scenarioId(), Direction.NEWEST_FIRST)
                            .map(time -> time.plusNanos(1))
                            .orElse(now);
        }
        return new Selection(new Selection.Key.All(), first, last.isBefore(first) ? first : last);
    }

    /** When the first or last event of a run occurred; absent if there is none, or no run. */
    private static Optional<Instant> edge(EventIndex index, String run, Direction direction) {
        if (run.isEmpty()) {
            return Optional.empty();
        }
        Selection events = Selection.of(Selection.Key.of(IndexedField.SCENARIO_ID, run));
        return index.find(new Query(events, direction, 1, "")).events().stream()
                .findFirst()
                .map(AuditEvent::occurredAt);
    }

    /** From when on events are asked about: of runs, from where one may have begun. */
    private static Instant asked(Expectation expectation, Selection triggers) {
        return expectation
                .run()
                .map(run -> minus(triggers.from(), run.patience()))
                .orElse(triggers.from());
    }

    private static Instant minus(Instant time, Duration duration) {
        return Duration.between(Selection.BEGINNING, time).compareTo(duration) < 0
                ? Selection.BEGINNING
                : time.minus(duration);
    }

    private static Instant plus(Instant time, Duration duration) {
        return Duration.between(time, Selection.END).compareTo(duration) < 0
                ? Selection.END
                : time.plus(duration);
    }

    /** What is read so far. For one thread. */
    private static final class Reading {
        private final EventIndex index;
        private final List<AuditEvent> events = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private final List<Gap> unknown = new ArrayList<>();
        private long left = MAX_SIZE;
        private Optional<Instant> cut = Optional.empty();

        Reading(EventIndex index) {
            this.index = index;
        }

        void read(Selection selection) {
            index.scan(
                    Query.of(selection, Integer.MAX_VALUE),
                    event -> {
                        left -= size(event);
                        if (events.size() == MAX_EVENTS || left < 0) {
                            cut = Optional.of(event.occurredAt());
                        } else {
                            add(event);
                        }
                        return cut.isEmpty();
                    });
        }

        private void add(AuditEvent event) {
            if (ids.add(event.id())) {
                events.add(event);
            }
        }

        /** Word of a loss may come long after it. */
        void readGaps() {
            Selection gaps = Selection.of(Selection.Key.of(IndexedField.TYPE, OwnWords.GAP));
            EventIndex.Page page =
                    index.find(new Query(gaps, Direction.NEWEST_FIRST, MAX_GAPS, ""));
            page.events().forEach(this::add);
            if (!page.nextPageToken().isEmpty()) {
                unknown.add(Gap.before(page.events().getLast().occurredAt()));
            }
        }

        /** A service may be dead since long before. */
        void readDead(String service) {
            Selection told = Selection.of(Selection.Key.ofKind(service, OwnWords.SOURCE));
            EventIndex.Page page =
                    index.find(new Query(told, Direction.NEWEST_FIRST, DeadTimes.MAX, ""));
            page.events().forEach(this::add);
            if (!page.nextPageToken().isEmpty()) {
                unknown.add(Gap.before(page.events().getLast().occurredAt()));
            }
        }

        TrialHistory history(
                Selection triggers, String scenarioId, Instant asked, Instant end, Duration skew) {
            Optional<Removal> removed =
                    index.removed().filter(each -> asked.isBefore(each.recordedBefore()));
            removed.map(each -> lost(each, skew.plus(Duration.between(asked, triggers.from()))))
                    .ifPresent(unknown::add);
            cut.map(TrialHistory::unread).ifPresent(unknown::add);
            Stream<Omission> unread =
                    cut.map(from -> Omission.between(Bound.TRY_EVENTS, from, end)).stream();
            return new TrialHistory(
                    triggers.from(),
                    triggers.to(),
                    scenarioId,
                    events,
                    unknown,
                    Stream.concat(unread, Removal.omission(removed, asked).stream()).toList(),
                    cut);
        }

        private static Gap lost(Removal removal, Duration skew) {
            return new Gap(
                    Selection.BEGINNING,
                    removal.recordedBefore().plus(skew),
                    Bound.RETENTION + ": events of that time were removed");
        }

        /** About what it takes in memory. */
        private static long size(AuditEvent event) {
            return 512L
                    + event.message().length()
                    + 64L * event.attributes().size()
                    + event.attributes().values().stream()
                            .mapToLong(value -> value.toString().length())
                            .sum();
        }
    }

    private static Gap unread(Instant from) {
        return Gap.since(from, Bound.TRY_EVENTS + ": what occurred from " + from + " was not read");
    }
}
