package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.Signal;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.outcomes.ExpectationOutcome;
import io.tradingecosystem.audit.scenario.outcomes.RunOutcome;
import io.tradingecosystem.audit.scenario.outcomes.RunQuestion;
import io.tradingecosystem.audit.scenario.verdicts.Completeness;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What became of runs, and waits for it. Nothing is settled before links and verdicts have come to
 * where the log ended when it was asked first. Thread-safe.
 */
public final class RunOutcomes {
    private static final int MAX_WAITING = 64;

    /** Between two looks at a run, however much happens. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /**
     * What changes without a verdict is seen so late: a definition, word of an unsearched event.
     */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final VerdictService verdicts;
    private final LinkService links;
    private final RunReports reports;
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final Signal end = new Signal();
    private volatile boolean ended;

    /** Looks at what these know. */
    public RunOutcomes(VerdictService verdicts, LinkService links) {
        this.verdicts = verdicts;
        this.links = links;
        this.reports = RunReports.of(verdicts.verdicts());
    }

    /**
     * An answer.
     *
     * @param asOf the end of the log when it was asked first
     * @param links how far links had come before it was looked
     * @param verdicts how far verdicts had
     * @param evidence how many verdicts of these expectations were judged on complete evidence
     * @param incomplete what was left out
     */
    record Answer(
            RunQuestion question,
            RunOutcome outcome,
            LogPlace asOf,
            Progress links,
            Progress verdicts,
            Completeness evidence,
            List<Omission> incomplete) {
        Answer {
            incomplete = List.copyOf(incomplete);
        }
    }

    /** Ends all waiting: what is known is answered. */
    public void end() {
        ended = true;
        end.raise();
    }

    /** The end of the log now. */
    LogPlace now() {
        return new LogPlace(verdicts.log(), verdicts.progress().end());
    }

    /**
     * Looks until the outcome is settled, the time is over, or nobody wants to know any more.
     *
     * @throws InterruptedException if the waiting thread was interrupted
     * @throws ProblemException if too many wait already
     */
    Answer await(RunQuestion question, LogPlace asOf, Duration wait, BooleanSupplier gone)
            throws InterruptedException {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(Kind.BUSY, MAX_WAITING + " wait already; try again later.")
                            .retryAfter(Duration.ofSeconds(5)));
        }
        try {
            return settled(question, asOf, wait, () -> ended || gone.getAsBoolean());
        } finally {
            places.release();
        }
    }

    private Answer settled(RunQuestion question, LogPlace asOf, Duration wait, BooleanSupplier over)
            throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            long made = verdicts.lastSequence();
            Answer answer = look(question, asOf);
            Duration left = wait.minusNanos(System.nanoTime() - start);
            if (answer.outcome().isSettled() || over.getAsBoolean() || !left.isPositive()) {
                return answer;
            }
            pause(asOf, made, left);
        }
    }

    private void pause(LogPlace asOf, long made, Duration left) throws InterruptedException {
        end.await(() -> ended, shorter(PAUSE, left));
        if (hasPassed(asOf)) {
            verdicts.await(made, shorter(LOOK_AGAIN, left));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean hasPassed(LogPlace place) {
        return verdicts.progress().hasPassed(place.position())
                && links.progress().hasPassed(place.position());
    }

    private Answer look(RunQuestion question, LogPlace asOf) {
        // In this order: what is read then has all that was passed.
        boolean passed = hasPassed(asOf);
        Progress judged = verdicts.progress().now();
        Progress linked = links.progress().now();
        Outcome read = read(question.run());
        RunOutcome outcome = outcome(question, asOf, passed, read);
        return new Answer(
                question,
                outcome,
                asOf,
                linked,
                judged,
                evidence(outcome, read),
                read.incomplete());
    }

    private static Completeness evidence(RunOutcome outcome, Outcome read) {
        Set<String> names =
                outcome.expectations().stream()
                        .map(ExpectationOutcome::name)
                        .collect(Collectors.toSet());
        return Completeness.of(
                read.verdicts().stream()
                        .filter(each -> names.contains(each.expectation()))
                        .toList());
    }

    private RunOutcome outcome(RunQuestion question, LogPlace asOf, boolean passed, Outcome read) {
        if (!isHere(asOf)) {
            return RunOutcome.unknowable(
                    "the log is not the one that was asked first: it does not have " + asOf);
        }
        RunOutcome outcome = decide(question, read);
        return passed ? outcome : outcome.behind(behind(asOf));
    }

    private boolean isHere(LogPlace asOf) {
        return asOf.log().equals(verdicts.log()) && asOf.position() <= verdicts.progress().end();
    }

    private String behind(LogPlace asOf) {
        boolean judged = verdicts.progress().hasPassed(asOf.position());
        Progress progress = (judged ? links.progress() : verdicts.progress()).now();
        return "%s have come to position %d of %d"
                .formatted(judged ? "links" : "verdicts", progress.position(), asOf.position());
    }

    private Outcome read(String run) {
        return verdicts.verdicts()
                .runs()
                .find(run)
                .map(reports::read)
                .orElseGet(() -> Outcome.of(Map.of(), List.of(), List.of()));
    }

    private RunOutcome decide(RunQuestion question, Outcome read) {
        return RunOutcome.of(
                        question,
                        verdicts.expectations().stream()
                                .map(each -> each.definition().content())
                                .toList(),
                        read.verdicts(),
                        verdict -> isFresh(verdict, question))
                .doubted(doubts(read));
    }

    private boolean isFresh(Verdict verdict, RunQuestion question) {
        Optional<AuditEvent> trigger = links.events().byId(verdict.triggerId());
        return question.since()
                .map(
                        since ->
                                trigger.filter(event -> !event.recordedAt().isBefore(since))
                                        .isPresent())
                .orElse(true);
    }

    private List<String> doubts(Outcome read) {
        List<String> doubts = new ArrayList<>();
        read.incomplete().forEach(each -> doubts.add(each.explanation()));
        long skipped = verdicts.statistics().skipped();
        if (skipped > 0) {
            doubts.add("events that could not be judged were left out: " + skipped);
        }
        return doubts;
    }
}
