package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader.Run;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader.Worst;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;

import java.util.List;
import java.util.stream.Stream;

/**
 * The outcome of a chaos run: results as the referee counted them, and the verdicts of the worst
 * status first. Thread-safe.
 *
 * @param max so many verdicts are shown
 * @param maxSize of about so many bytes in all, as the report is made whole before it is sent
 */
record RunReports(VerdictStoreReader verdicts, int max, long maxSize) {
    private static final int MAX = 10_000;
    private static final long MAX_SIZE = 16 << 20;

    static RunReports of(VerdictStoreReader verdicts) {
        return new RunReports(verdicts, MAX, MAX_SIZE);
    }

    /** The outcome of a run that is kept, as it is answered. */
    Outcome of(Run run) {
        Outcome outcome = read(run);
        Disclosures.items(outcome.verdicts().size());
        return outcome;
    }

    /** The outcome of a run that is kept. */
    Outcome read(Run run) {
        Worst worst = verdicts.runs().worst(run.scenarioId(), max, maxSize);
        List<Verdict> shown = worst.verdicts();
        return Outcome.of(RunStoreReader.results(run, shown), shown, leftOut(run.tally(), worst));
    }

    /** What came in while it was read may be shown, and not counted yet. */
    private List<Omission> leftOut(Tally tally, Worst worst) {
        int shown = worst.verdicts().size();
        return Omission.all(
                Omission.ifAny(Bound.REPORT_SIZE, worst.more() ? tally.kept() - shown : 0),
                Omission.ifAny(Bound.MAX_VERDICTS, tally.total() - tally.kept()),
                shown < tally.total() ? verdicts.unsearched().stream() : Stream.empty());
    }
}
