package io.tradingecosystem.audit.scenario.verdicts;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.SaidBefore;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock.Numbered;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord.Standing;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the verdicts that were made. Thread-safe. */
public final class VerdictStoreReader {
    /** The most verdicts on a page. */
    public static final int MAX_ON_PAGE = 1_000;

    private static final int MAX_LOOKED_THROUGH = 10_000;

    /** Below the 4 MiB that gRPC clients take in one message by default. */
    static final long MAX_PAGE = 2 << 20;

    private final Projection projection;
    private final EventIndex index;
    private final RunStoreReader runs;

    public VerdictStoreReader(Projection projection, EventIndex index) {
        this.projection = projection;
        this.index = index;
        this.runs = new RunStoreReader(projection, this::verdict);
    }

    /** Whether the log has a verdict under the id of a version before, as that version wrote it. */
    public boolean isPublishedAsBefore(AuditEvent verdict) {
        return index.byId(OwnWords.formerId(verdict.id()))
                .filter(event -> SaidBefore.by(event, verdict))
                .isPresent();
    }

    /**
     * A question for verdicts, the newest occurrence first.
     *
     * @param scenarioId of this chaos run only; empty for any
     * @param expectation of this expectation only; empty for any
     * @param status only what stands at this
     * @param limit at most so many, from 1 to {@link #MAX_ON_PAGE}
     * @param pageToken where to go on; empty for the first page
     */
    public record Question(
            String scenarioId,
            String expectation,
            Optional<Status> status,
            int limit,
            String pageToken) {

        /** Every verdict of a chaos run. */
        public static Question ofScenario(String scenarioId) {
            return new Question(scenarioId, "", Optional.empty(), MAX_ON_PAGE, "");
        }

        /** The same from a page on. */
        Question from(String token) {
            return new Question(scenarioId, expectation, status, limit, token);
        }
    }

    /**
     * An answer; a page may have fewer than asked for, and still not be the last.
     *
     * @param verdicts the current verdict of each occurrence
     * @param nextPageToken where to go on; empty when there is nothing more
     */
    public record Page(List<Verdict> verdicts, String nextPageToken) {
        public Page {
            verdicts = List.copyOf(verdicts);
        }
    }

    /**
     * A verdict as it was made.
     *
     * @param sequence its place in the order in which verdicts were made, from 1
     * @param verdict the verdict, of the version that was made
     */
    public record Made(long sequence, Verdict verdict) {}

    /**
     * One page of verdicts.
     *
     * @throws InvalidQuestionException if the limit or page token is not one
     */
    public Page verdicts(Question question) {
        InvalidQuestionException.requireRange("limit", question.limit(), 1, MAX_ON_PAGE);
        byte[] prefix = KeyBuilder.table('n');
        if (!question.scenarioId().isEmpty()) {
            prefix = VerdictKeys.ofScenario(question.scenarioId());
        } else if (!question.expectation().isEmpty()) {
            prefix = VerdictKeys.ofExpectation(question.expectation());
        }
        byte[] from =
                question.pageToken().isEmpty()
                        ? prefix
                        : VerdictKeys.behind(prefix, start(question));
        PageBuilder page = new PageBuilder(question);
        projection.scan(
                prefix,
                from,
                (key, block) ->
                        page.addAll(IdBlock.read(VerdictKeys.opened(key), block).reversed()));
        return page.build();
    }

    /** Fills a page, the newest first. For one thread. */
    private final class PageBuilder {
        private final Question question;
        private final long from;
        private final List<Verdict> found = new ArrayList<>();
        private int seen;
        private long size;
        private String next = "";

        PageBuilder(Question question) {
            this.question = question;
            this.from = start(question);
        }

        /** Whether there is room for more. */
        boolean addAll(List<Numbered> newestFirst) {
            for (Numbered each : newestFirst) {
                if (each.number() > from) {
                    continue;
                }
                boolean full = found.size() == question.limit() || size >= MAX_PAGE;
                if (full || seen++ == MAX_LOOKED_THROUGH) {
                    next = Long.toString(each.number());
                    return false;
                }
                verdict(each.verdictId())
                        .filter(verdict -> fits(question, verdict))
                        .ifPresent(this::add);
            }
            return true;
        }

        private void add(Verdict verdict) {
            found.add(verdict);
            size += VerdictSize.of(verdict);
        }

        Page build() {
            return new Page(found, next);
        }
    }

    private static long start(Question question) {
        return question.pageToken().isEmpty()
                ? Long.MAX_VALUE
                : VerdictKeys.parseNumber(question.pageToken());
    }

    /** The current verdict of every occurrence, the newest occurrence first. */
    public List<Verdict> all() {
        Question any = Question.ofScenario("");
        Page page = verdicts(any);
        List<Verdict> verdicts = new ArrayList<>(page.verdicts());
        while (!page.nextPageToken().isEmpty()) {
            page = verdicts(any.from(page.nextPageToken()));
            verdicts.addAll(page.verdicts());
        }
        return verdicts;
    }

    private static boolean fits(Question question, Verdict verdict) {
        return (question.scenarioId().isEmpty()
                        || question.scenarioId().equals(verdict.scenarioId()))
                && (question.expectation().isEmpty()
                        || question.expectation().equals(verdict.expectation()))
                && question.status().map(verdict.status()::equals).orElse(true);
    }

    /** The current verdict with an id. */
    public Optional<Verdict> verdict(String id) {
        return asMade(id).map(this::told);
    }

    private Optional<Verdict> asMade(String id) {
        return projection.get(VerdictKeys.window(id)).flatMap(window -> verdict(id, window));
    }

    /** Says of a verdict that was made which late event was not looked at. */
    private Verdict told(Verdict verdict) {
        byte[] events = VerdictKeys.unsearched(verdict.expectation());
        Verdict[] told = {verdict};
        if (verdict.status() != Status.PENDING) {
            projection.scan(
                    events,
                    events,
                    (key, value) -> {
                        told[0] = told(verdict, UnsearchedEvent.read(value));
                        return told[0].equals(verdict);
                    });
        }
        return told[0];
    }

    private Verdict told(Verdict verdict, UnsearchedEvent event) {
        return event.covers(verdict) && mayConcern(verdict, event) ? event.tell(verdict) : verdict;
    }

    private boolean mayConcern(Verdict verdict, UnsearchedEvent event) {
        return verdict.isOfRun()
                ? event.mayConcernRun(verdict.scenarioId())
                : event.mayConcern(index.byId(verdict.triggerId()));
    }

    private Optional<Verdict> verdict(String id, byte[] window) {
        Standing standing = WindowRecord.standing(window);
        byte[] here = WindowRecord.verdict(window);
        return (here.length > 0
                        ? Optional.of(here)
                        : projection.get(VerdictKeys.version(id, standing.version())))
                .map(bytes -> VerdictCodec.read(id, bytes))
                .map(verdict -> verdict.asFinal(standing.isFinal()));
    }

    /** Every version of a verdict, the first one first; empty while it is pending. */
    public List<Verdict> versions(String id) {
        List<Verdict> versions = new ArrayList<>();
        byte[] prefix = VerdictKeys.versions(id);
        projection.scan(prefix, prefix, (key, value) -> versions.add(VerdictCodec.read(id, value)));
        asMade(id)
                .filter(last -> last.version() > 0)
                .ifPresent(
                        last -> {
                            versions.removeIf(each -> each.version() >= last.version());
                            versions.add(last);
                        });
        return versions;
    }

    /**
     * Verdicts in the order in which they were made or became final, behind a place in it; those
     * that are not kept any more are left out.
     */
    public List<Made> madeAfter(long sequence, int limit) {
        List<Made> made = new ArrayList<>();
        projection.scan(
                KeyBuilder.table('s'),
                VerdictKeys.sequence(sequence + 1),
                (key, value) -> {
                    long last = VerdictKeys.number(key);
                    MadeRecord.read(
                            last,
                            value,
                            sequence,
                            projection,
                            (verdict, place) -> made.add(new Made(place, verdict)));
                    return made.size() < limit;
                });
        return made.size() <= limit ? made : made.subList(0, limit);
    }

    /**
     * The last place in the order in which verdicts were made or became final; 0 before the first.
     */
    public long lastMade() {
        long[] last = {0};
        projection.scanBack(
                KeyBuilder.table('s'),
                VerdictKeys.behindAll(KeyBuilder.table('s')),
                (key, value) -> {
                    last[0] = VerdictKeys.number(key);
                    return false;
                });
        return last[0];
    }

    /** What became of each expectation that was ever exercised, by name. */
    public Map<String, Tally> exercised() {
        Map<String, Tally> tallies = new TreeMap<>();
        projection.scan(
                'k',
                (key, value) -> {
                    tallies.put(VerdictKeys.text(key), Tally.fromJson(JsonRecord.read(value)));
                    return true;
                });
        return tallies;
    }

    /**
     * What the counts of runs and expectations do not tell: late events that were not looked at.
     */
    public List<Omission> unsearched() {
        List<UnsearchedEvent> events = new ArrayList<>();
        projection.scan('u', (key, value) -> events.add(UnsearchedEvent.read(value)));
        return events.stream()
                .reduce((one, other) -> one.with(other, ""))
                .map(all -> Omission.between(Bound.SEARCH_BUDGET, all.since(), all.until()))
                .stream()
                .toList();
    }

    /** Reads what became of chaos runs. */
    public RunStoreReader runs() {
        return runs;
    }

    /** Alerts without a scenario, a named cause or an expectation, the newest first. */
    public List<AuditEvent> unexplainedAlerts(int limit) {
        return unexplainedAlerts(Optional.empty(), limit);
    }

    /** The same from behind one of them on. */
    public List<AuditEvent> unexplainedAlerts(Optional<AuditEvent> last, int limit) {
        List<AuditEvent> alerts = new ArrayList<>();
        byte[] table = KeyBuilder.table('f');
        projection.scan(
                table,
                last.map(VerdictStoreReader::behind).orElse(table),
                (key, value) -> {
                    JsonNode node = JsonRecord.read(value);
                    index.byId(JsonRecord.text(node, "event_id")).ifPresent(alerts::add);
                    return alerts.size() < limit;
                });
        return alerts;
    }

    private static byte[] behind(AuditEvent alert) {
        return KeyBuilder.next(VerdictKeys.suspect(alert.occurredAt(), alert.id()));
    }

    /** How many there are. */
    public long unexplainedAlerts() {
        long[] count = {0};
        projection.scan('f', (key, value) -> ++count[0] > 0);
        return count[0];
    }

    /** Those that are not kept any more. */
    public ForgottenAlerts forgottenAlerts() {
        return projection
                .get(VerdictKeys.forgottenAlerts())
                .map(record -> ForgottenAlerts.fromJson(JsonRecord.read(record)))
                .orElse(ForgottenAlerts.NONE);
    }
}
