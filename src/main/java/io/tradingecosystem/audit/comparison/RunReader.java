package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.comparison.Anchor.By;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Question;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.Removal;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a run within a budget: pages of events, of which only facts stay. What the correlator wrote
 * itself, such as verdicts, is no part of a run.
 */
final class RunReader {
    private static final int PAGE = 1_000;

    /** What was removed so long before the first event that is left may be of the run. */
    private static final Duration MAX_PAUSE = Duration.ofHours(24);

    /** So many pages of verdicts are searched for the first trigger. */
    private static final int MAX_VERDICT_PAGES = 10;

    private final EventIndex events;
    private final LinkIndex links;
    private final VerdictStoreReader verdicts;
    private final int maxEvents;
    private final int maxCauses;

    RunReader(
            EventIndex events,
            LinkIndex links,
            VerdictStoreReader verdicts,
            int maxEvents,
            int maxCauses) {
        this.events = events;
        this.links = links;
        this.verdicts = verdicts;
        this.maxEvents = maxEvents;
        this.maxCauses = maxCauses;
    }

    /** The run with an id; empty if no event is of it. */
    Optional<Run> read(String id) {
        Optional<Tally> tally = verdicts.runs().find(id).map(RunStoreReader.Run::tally);
        Reading reading = new Reading(tally.flatMap(each -> trigger(id, each)));
        boolean more = reading.readAll(id);
        return reading.run(id, tally.map(each -> each.count(Status.PENDING)).orElse(0L), more);
    }

    /** The earliest trigger whose verdict is kept. Verdicts are told the newest first. */
    private Optional<Anchor> trigger(String id, Tally tally) {
        Optional<Verdict> first = Optional.empty();
        Question question = Question.ofScenario(id);
        for (int page = 0; page < MAX_VERDICT_PAGES; page++) {
            VerdictStoreReader.Page found = verdicts.verdicts(question);
            for (Verdict verdict : found.verdicts()) {
                if (first.isEmpty() || !verdict.triggeredAt().isAfter(first.get().triggeredAt())) {
                    first = Optional.of(verdict);
                }
            }
            if (found.nextPageToken().isEmpty() || isOf(first, tally)) {
                break;
            }
            question =
                    new Question(id, "", Optional.empty(), question.limit(), found.nextPageToken());
        }
        return first.map(
                each ->
                        new Anchor(
                                By.TRIGGER,
                                each.triggerId(),
                                each.triggeredAt(),
                                each.expectation()));
    }

    private static boolean isOf(Optional<Verdict> verdict, Tally tally) {
        return verdict.filter(each -> each.triggeredAt().equals(tally.firstAt())).isPresent();
    }

    /** One walk through a run. For one thread. */
    private final class Reading {
        private Optional<Anchor> anchor;
        private final List<Fact> facts = new ArrayList<>();
        private final List<Run.Hop> hops = new ArrayList<>();
        private final Map<String, Step> steps = new HashMap<>();
        private Instant firstAt = Instant.EPOCH;
        private Instant lastAt = Instant.EPOCH;
        private long causesCut;

        Reading(Optional<Anchor> anchor) {
            this.anchor = anchor;
        }

        /** Reads until the run or the budget ends; whether there is more. */
        boolean readAll(String id) {
            Selection run = Selection.of(Selection.Key.of(IndexedField.SCENARIO_ID, id));
            Query query = Query.of(run, PAGE);
            String token = "";
            do {
                int limit = Math.min(PAGE, maxEvents - facts.size());
                Page page = events.find(new Query(run, query.direction(), limit, token));
                add(page.events().stream().filter(each -> each.author() != Author.OWN).toList());
                token = page.nextPageToken();
            } while (!token.isEmpty() && facts.size() < maxEvents);
            return !token.isEmpty();
        }

        private void add(List<AuditEvent> page) {
            if (page.isEmpty()) {
                return;
            }
            if (facts.isEmpty()) {
                firstAt = page.getFirst().occurredAt();
            }
            Anchor at = anchor.orElseGet(() -> first(page.getFirst()));
            anchor = Optional.of(at);
            for (AuditEvent event : page) {
                Fact fact = Fact.of(event, at);
                facts.add(fact);
                steps.put(event.id(), fact.step());
            }
            lastAt = page.getLast().occurredAt();
            addLinks(page);
        }

        private static Anchor first(AuditEvent event) {
            return new Anchor(By.FIRST_EVENT, event.id(), event.occurredAt(), "");
        }

        private void addLinks(List<AuditEvent> page) {
            List<List<Link>> causes = links.causesOfEvents(page, maxCauses + 1);
            Map<String, Step> elsewhere = elsewhere(causes);
            for (int i = 0; i < page.size(); i++) {
                List<Link> of = causes.get(i);
                causesCut += of.size() > maxCauses ? 1 : 0;
                for (int j = 0; j < Math.min(of.size(), maxCauses); j++) {
                    hops.add(hop(of.get(j), Step.of(page.get(i)), j == 0, elsewhere));
                }
            }
        }

        private Run.Hop hop(Link link, Step effect, boolean best, Map<String, Step> elsewhere) {
            Optional<Step> cause =
                    Optional.ofNullable(steps.get(link.causeId()))
                            .or(() -> Optional.ofNullable(elsewhere.get(link.causeId())));
            String rule =
                    link.rule().isEmpty()
                            ? link.kind().name().toLowerCase(Locale.ROOT)
                            : link.rule();
            return new Run.Hop(
                    rule, cause, effect, link.delay().toNanos(), best, link.kind() == Kind.PARENT);
        }

        /** The kinds of causes that are of no run, or come later in this one. */
        private Map<String, Step> elsewhere(List<List<Link>> causes) {
            List<Long> positions = new ArrayList<>();
            for (List<Link> of : causes) {
                of.stream()
                        .limit(maxCauses)
                        .filter(link -> !steps.containsKey(link.causeId()))
                        .forEach(link -> positions.add(link.cause().position()));
            }
            Map<String, Step> found = new HashMap<>();
            for (Optional<AuditEvent> cause : events.at(positions)) {
                cause.ifPresent(each -> found.put(each.id(), Step.of(each)));
            }
            return found;
        }

        Optional<Run> run(String id, long pending, boolean more) {
            return anchor.filter(at -> !facts.isEmpty())
                    .map(
                            at ->
                                    new Run(
                                            id,
                                            at,
                                            lastAt,
                                            pending == 0,
                                            pending == 0 ? "" : stillOpen(pending),
                                            facts,
                                            hops,
                                            incomplete(more)));
        }

        private List<Omission> incomplete(boolean more) {
            return Omission.all(
                            Omission.when(more, Bound.COMPARED_EVENTS),
                            Omission.ifAny(Bound.COMPARED_CAUSES, causesCut),
                            links.incomplete(firstAt, lastAt).stream(),
                            Removal.omission(events.removed(), firstAt.minus(MAX_PAUSE)).stream())
                    .stream()
                    .distinct()
                    .toList();
        }
    }

    private static String stillOpen(long pending) {
        return pending == 1
                ? "it goes on: a verdict is pending"
                : "it goes on: " + pending + " verdicts are pending";
    }
}
