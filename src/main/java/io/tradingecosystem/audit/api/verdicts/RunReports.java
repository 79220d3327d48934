package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader.Run;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;

import java.util.List;

/**
 * The outcome of a chaos run: results as the referee counted them, and the verdicts of the worst
 * status first. Thread-safe.
 *
 * @param max so many verdicts are shown
 */
record RunReports(RunStoreReader runs, int max) {

    /** The outcome of a run that is kept. */
    Outcome of(Run run) {
        List<Verdict> shown = runs.worst(run.scenarioId(), max);
        Disclosures.items(shown.size());
        return Outcome.of(
                RunStoreReader.results(run, shown), shown, leftOut(run.tally(), shown.size()));
    }

    /** What came in while it was read may be shown, and not counted yet. */
    private List<Omission> leftOut(Tally tally, int shown) {
        return Omission.all(
                Omission.ifAny(Bound.REPORT_SIZE, shown < max ? 0 : tally.kept() - shown),
                Omission.ifAny(Bound.MAX_VERDICTS, tally.total() - tally.kept()));
    }
}
