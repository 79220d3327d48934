package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.expectations.BoundExpectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The windows that are to be judged anew: because of an event, of a gap, or of settings that the
 * log had word of late. For the one thread that judges.
 */
final class TouchedWindows {
    /** How far the order in which triggers are told may be from that in which they occurred. */
    static final Duration DISORDER = Duration.ofDays(1);

    private final VerdictStoreWriter writer;
    private final Expectations expectations;
    private final Gaps gaps;
    private Set<String> verdictIds = new TreeSet<>();

    TouchedWindows(VerdictStoreWriter writer, Expectations expectations, Gaps gaps) {
        this.writer = writer;
        this.expectations = expectations;
        this.gaps = gaps;
    }

    void add(String verdictId) {
        verdictIds.add(verdictId);
    }

    /** The verdict ids, in order; they are not touched any more. */
    Set<String> take() {
        if (verdictIds.isEmpty()) {
            return Set.of();
        }
        Set<String> taken = verdictIds;
        verdictIds = new TreeSet<>();
        return taken;
    }

    /**
     * Adds what fell due since other settings came into force: it might have come before.
     *
     * @param from when they did
     * @param before by what was judged until they were known
     * @param now up to when windows fell due
     */
    void addDue(Instant from, Tolerances before, Instant now) {
        Instant earliest =
                from.minus(expectations.longest()).minus(before.allowedLateness()).minus(DISORDER);
        writer.latest(
                window -> {
                    if (fellDue(window, from, before, now)) {
                        add(window.verdictId());
                    }
                    return window.occurrence().recordedAt().isAfter(earliest);
                });
    }

    private boolean fellDue(Window window, Instant from, Tolerances before, Instant now) {
        Deadlines deadlines = new Deadlines(window.occurrence(), gaps, before);
        return expectations
                .version(window.expectation(), window.expectationVersion())
                .map(each -> BoundExpectation.of(each, window.occurrence().values()))
                .map(BoundExpectation::expectation)
                .filter(
                        each ->
                                deadlines
                                                .next(each, from.minusNanos(1))
                                                .filter(due -> !due.isAfter(now))
                                                .isPresent()
                                        || fellDue(window, each, from, now))
                .isPresent();
    }

    /** Where what comes in a window may end it, only the window tells when it was over. */
    private static boolean fellDue(
            Window window, Expectation expectation, Instant from, Instant now) {
        return !expectation.variables().isEmpty()
                && window.fellDue()
                        .filter(due -> !due.isBefore(from) && !due.isAfter(now))
                        .isPresent();
    }

    /**
     * Adds what overlaps a gap: word of a loss may come when windows that it touches are over; the
     * others are judged yet.
     */
    void addOver(Gap gap, Tolerances tolerances) {
        addOver(gap, tolerances, any -> true);
    }

    /** The same of some windows. */
    void addOver(Gap gap, Tolerances tolerances, Predicate<Window> some) {
        Duration max = expectations.longest().plus(tolerances.allowedLateness());
        // A window is also open for as long after the word of its trigger.
        Instant earliest = gap.from().minus(max).minus(DISORDER);
        writer.latest(
                window -> {
                    Occurrence occurrence = window.occurrence();
                    Instant begin = Deadlines.later(occurrence.at(), occurrence.recordedAt());
                    if (some.test(window) && gap.overlaps(occurrence.at(), begin.plus(max))) {
                        add(occurrence.verdictId());
                    }
                    return occurrence.recordedAt().isAfter(earliest);
                });
    }
}
