package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.SourceCoverage.Change;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Source;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The services that expectations say speak, and when each was heard. A source is listened to from
 * when an expectation names it first, for good. What is known of it follows from the log alone. For
 * the one thread that judges.
 */
final class Sources {
    /** So many are listened to. */
    static final int MAX = 1_000;

    /** Stands in the reason of a verdict that silence left open. */
    static final String SILENT = "SOURCE_SILENT";

    private final VerdictStoreWriter writer;
    private final DeadServices dead;
    private final Map<Source, Listened> sources = new HashMap<>();
    private final Map<String, List<Listened>> byService = new HashMap<>();
    private final Set<Listened> changed = new HashSet<>();

    /** The sources as they were with the last commit. */
    Sources(VerdictStoreWriter writer) {
        this.writer = writer;
        this.dead = new DeadServices(writer);
        Map<Long, SilencedWindows> byHash = new HashMap<>();
        writer.scan(
                'S',
                (key, value) -> {
                    JsonNode stored = JsonRecord.read(value);
                    Listened each = keep(source(stored));
                    each.coverage.restore(stored);
                    byHash.put(VerdictKeys.sourceHash(key), each.waiting);
                    byHash.put(hash(ofRuns(each.source)), each.runs);
                    return true;
                });
        writer.scan(
                'W',
                (key, value) -> {
                    Optional.ofNullable(byHash.get(VerdictKeys.sourceHash(key)))
                            .ifPresent(each -> each.restore(key));
                    return true;
                });
    }

    private static long hash(String source) {
        return VerdictKeys.sourceHash(VerdictKeys.source(source));
    }

    /** A source with what is known of it; windows by their begin, runs by their end. */
    private record Listened(
            Source source, SourceCoverage coverage, SilencedWindows waiting, SilencedWindows runs) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return source.hashCode();
        }
    }

    /** Which services were dead. */
    DeadServices dead() {
        return dead;
    }

    /** Listens to the sources of an expectation from here on. */
    void listen(Expectation expectation) {
        for (Source source : expectation.sources()) {
            if (!source.isProbed() && sources.size() < MAX && !sources.containsKey(source)) {
                changed.add(keep(source));
            }
        }
    }

    private Listened keep(Source source) {
        var coverage = new SourceCoverage(Nanos.of(source.every()), source.isCounted());
        var listened =
                new Listened(
                        source,
                        coverage,
                        new SilencedWindows(writer, source.key()),
                        new SilencedWindows(writer, ofRuns(source)));
        sources.put(source, listened);
        byService.computeIfAbsent(source.service(), fresh -> new ArrayList<>()).add(listened);
        return listened;
    }

    /**
     * Takes in an event as a sign of life of its service.
     *
     * @param reach how long windows are, and how far clocks may differ
     * @param touched is told the verdict ids of windows that are to be judged anew
     * @return whether a number came twice, so that nothing that was judged by it is sure any more
     */
    boolean hear(AuditEvent event, Supplier<Duration> reach, Consumer<String> touched) {
        boolean repeated = false;
        for (Listened each : byService.getOrDefault(event.service(), List.of())) {
            if (!OwnWords.TYPES.contains(event.type())) {
                repeated |= hear(each, event, reach, touched);
            }
        }
        return repeated;
    }

    private boolean hear(
            Listened each, AuditEvent event, Supplier<Duration> reach, Consumer<String> touched) {
        long at = Times.toEpochNanos(event.occurredAt());
        OptionalLong number = SourceSigns.number(each.source, event, at);
        Change change = number.isEmpty() ? Change.NONE : each.coverage.add(at, number.getAsLong());
        if (change != Change.NONE) {
            changed.add(each);
            touch(each, at, reach, touched);
        }
        return change == Change.REPEATED;
    }

    private static void touch(
            Listened each, long at, Supplier<Duration> reach, Consumer<String> touched) {
        if (each.waiting.isEmpty() && each.runs.isEmpty()) {
            return;
        }
        long around = Nanos.of(each.source.every().plus(reach.get()));
        long behind = Nanos.plus(around, SourceCoverage.LOOK_BEFORE);
        each.waiting.visit(Nanos.plus(at, -around), Nanos.plus(at, behind), touched);
        each.runs.visit(Nanos.plus(at, -around), Long.MAX_VALUE, touched);
    }

    /**
     * Why events of a part may be missing that its sources did not tell, as a clause for people;
     * empty if all spoke all the time.
     *
     * @param skew how far clocks may differ
     */
    Optional<String> silence(
            Expectation expectation, Part part, Occurrence occurrence, Duration skew) {
        long from = Nanos.plus(occurrence.trigger().at(), -Nanos.of(skew));
        long within = Nanos.plus(Nanos.of(part.within()), Nanos.of(skew));
        long to = Nanos.plus(occurrence.trigger().at(), within);
        return silence(expectation, part.pattern(), from, to);
    }

    /** The same of events that fit a pattern, in a time of nanoseconds since the epoch. */
    Optional<String> silence(Expectation expectation, EventPattern pattern, long from, long to) {
        return expectation.sources().stream()
                .filter(source -> source.isOf(pattern))
                .flatMap(source -> silence(source, from, to).stream())
                .findFirst();
    }

    private Optional<String> silence(Source source, long from, long to) {
        if (source.isProbed()) {
            return dead.clause(source.service(), from, to)
                    .map(clause -> SILENT + ": " + source.clause() + " " + clause);
        }
        Listened listened = sources.get(source);
        if (listened == null) {
            return Optional.of(
                    SILENT
                            + ": "
                            + source.service()
                            + " is not heard, as more than "
                            + MAX
                            + " sources are to be");
        }
        return listened.coverage
                .silence(from, to)
                .map(silence -> SourceSigns.clause(source, silence));
    }

    /** Notes whether silence left a window open, which a later sign of life may change. */
    void note(Expectation expectation, Occurrence occurrence, boolean silenced) {
        for (Source source : expectation.sources()) {
            Listened listened = sources.get(source);
            if (listened != null) {
                listened.waiting.note(occurrence, silenced);
            }
        }
    }

    /** The same of a run, which may end otherwise than before. */
    void note(Expectation expectation, Verdict before, Verdict now) {
        for (Source source : expectation.sources()) {
            Listened listened = sources.get(source);
            if (listened != null) {
                listened.runs.note(Times.toEpochNanos(before.deadline()), before.id(), false);
                long end = Times.toEpochNanos(now.deadline());
                listened.runs.note(end, now.id(), isSilenced(now));
            }
        }
    }

    /** Whether silence is told of in a verdict. */
    static boolean isSilenced(Verdict verdict) {
        return verdict.findings().stream().anyMatch(each -> each.reason().contains(SILENT));
    }

    /** Writes what is to be committed. */
    void flush() {
        changed.forEach(each -> writer.put(VerdictKeys.source(each.source.key()), toJson(each)));
        changed.clear();
        dead.flush();
    }

    private static String ofRuns(Source source) {
        return source.key() + "\0runs";
    }

    private static ObjectNode toJson(Listened each) {
        return each.coverage
                .toJson()
                .put("service", each.source.service())
                .put("every", each.source.every().toString())
                .put("sequence", each.source.sequence());
    }

    private static Source source(JsonNode stored) {
        return new Source(
                JsonRecord.text(stored, "service"),
                Duration.parse(JsonRecord.text(stored, "every")),
                JsonRecord.text(stored, "sequence"));
    }
}
