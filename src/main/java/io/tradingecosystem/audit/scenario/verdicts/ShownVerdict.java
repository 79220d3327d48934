package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A verdict of a list that is written one by one: of a long list only what counts ahead of all is
 * in memory, and the rest is read when its turn comes.
 *
 * @param expectation the name of its expectation
 * @param status what it stood at when the list was made
 * @param time from its trigger to its decision; never negative
 * @param isComplete whether it was judged on complete evidence, as {@link Completeness} has it
 * @param isHeld whether it is in memory
 * @param read gives it; fails where it is not there any more, or another
 */
public record ShownVerdict(
        String expectation,
        Status status,
        Duration time,
        boolean isComplete,
        boolean isHeld,
        Supplier<Verdict> read) {

    /** One that is in memory. */
    public static ShownVerdict held(Verdict verdict) {
        return of(verdict, true, () -> verdict);
    }

    /**
     * One that is read again.
     *
     * @param verdicts gives the current verdict with an id
     */
    static ShownVerdict later(Verdict verdict, Function<String, Optional<Verdict>> verdicts) {
        String id = verdict.id();
        int version = verdict.version();
        Status status = verdict.status();
        return of(
                verdict,
                false,
                () ->
                        verdicts.apply(id)
                                .filter(now -> now.version() == version && now.status() == status)
                                .orElseThrow(() -> changed(id)));
    }

    private static IllegalStateException changed(String id) {
        return new IllegalStateException("verdict " + id + " changed while its list was written");
    }

    private static ShownVerdict of(Verdict verdict, boolean isHeld, Supplier<Verdict> read) {
        return new ShownVerdict(
                verdict.expectation(),
                verdict.status(),
                time(verdict),
                Completeness.isComplete(verdict),
                isHeld,
                read);
    }

    private static Duration time(Verdict verdict) {
        Duration time = Duration.between(verdict.triggeredAt(), verdict.decidedAt());
        return time.isNegative() ? Duration.ZERO : time;
    }
}
