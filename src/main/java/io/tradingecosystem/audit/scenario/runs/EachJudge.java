package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.scenario.expectations.Share;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.util.Optional;

/**
 * How it stands with the share of a run's occurrences that must pass: a pure function of what was
 * counted.
 *
 * @param share what is asked
 * @param counted what was counted
 * @param closing when the run is over
 * @param over whether it is, and nothing that occurred in it is waited for
 * @param lost a time in which triggers may have been lost
 * @param silence why a source may not have told of triggers
 */
public record EachJudge(
        Share share,
        RunState counted,
        Closing closing,
        boolean over,
        Optional<Gap> lost,
        Optional<String> silence) {

    /** How it stands. */
    public State state() {
        if (isBroken()) {
            return State.MISSED;
        }
        if (!over) {
            return State.OPEN;
        }
        if (doubt().isPresent()) {
            return State.UNCERTAIN;
        }
        return byCounts();
    }

    /** Whether nothing that comes can mend it. */
    private boolean isBroken() {
        return share.isAll()
                && counted.count(Status.FAILED) > 0
                && counted.unknowns().countUnsure() == 0;
    }

    private State byCounts() {
        long total = counted.total();
        if (share.isMetBy(counted.count(Status.PASSED), total)) {
            return State.MET;
        }
        if (!share.isMetBy(total - counted.count(Status.FAILED), total)) {
            return State.MISSED;
        }
        return counted.count(Status.PENDING) > 0 ? State.OPEN : State.UNCERTAIN;
    }

    /** Why nothing can be told, whatever was counted. */
    private Optional<String> doubt() {
        return doubt(counted, closing, lost).or(() -> silence).or(this::few);
    }

    /** Why nothing can be told of what a run was. */
    static Optional<String> doubt(RunState counted, Closing closing, Optional<Gap> lost) {
        if (counted.unknowns().isAnew()) {
            return Optional.of(
                    "MAX_VERDICTS: the run began before, with a verdict that is not kept any more");
        }
        if (counted.unknowns().countUnsure() > 0) {
            return Optional.of(
                    "MAX_MEMBERS: "
                            + counted.unknowns().countUnsure()
                            + " events came for what is not kept any more");
        }
        if (!closing.ended()) {
            return Optional.of("the run's end did not come within 24 h of its last trigger");
        }
        return lost.map(gap -> "triggers may have been lost: " + gap.clause());
    }

    private Optional<String> few() {
        return counted.total() < share.minSamples()
                ? Optional.of("MIN_SAMPLES: fewer than " + share.minSamples() + " occurred")
                : Optional.empty();
    }

    /**
     * A sentence for people.
     *
     * @param first the first that did not pass, and why
     */
    public String reason(Optional<Offender> first) {
        StringBuilder reason = new StringBuilder(counts());
        if (!isBroken() && over) {
            doubt().ifPresent(why -> reason.append("; ").append(why));
        }
        first.ifPresent(one -> reason.append("; the first is ").append(one));
        uncounted().ifPresent(why -> reason.append("; ").append(why));
        return reason.toString();
    }

    /** As of an expectation of windows, what is recorded before it is in force is no occurrence. */
    private Optional<String> uncounted() {
        boolean any = counted.unknowns().isCut() || counted.unknowns().isUnsearched();
        return any
                ? Optional.of(
                        "not counted is what occurred of it under another definition, or none")
                : Optional.empty();
    }

    private String counts() {
        StringBuilder counts = new StringBuilder("of ").append(counted.total()).append(": ");
        counts.append(counted.count(Status.PASSED)).append(" passed");
        append(counts, Status.FAILED, " failed");
        append(counts, Status.INCONCLUSIVE, " cannot be told");
        append(counts, Status.PENDING, " are open");
        return counts.append(", where ").append(share).append(" must pass").toString();
    }

    private void append(StringBuilder counts, Status status, String what) {
        if (counted.count(status) > 0) {
            counts.append(", ").append(counted.count(status)).append(what);
        }
    }
}
