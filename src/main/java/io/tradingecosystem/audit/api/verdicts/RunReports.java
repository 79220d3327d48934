package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader.Run;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader.Worst;
import io.tradingecosystem.audit.scenario.verdicts.ShownVerdict;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The outcome of a chaos run: results as the referee counted them, and the verdicts of the worst
 * status first. Thread-safe.
 *
 * @param max so many verdicts are shown
 * @param maxSize of about so many bytes in all
 */
record RunReports(VerdictStoreReader verdicts, int max, long maxSize) {
    private static final int MAX = 10_000;
    private static final long MAX_SIZE = 16 << 20;

    static RunReports of(VerdictStoreReader verdicts) {
        return new RunReports(verdicts, MAX, MAX_SIZE);
    }

    /** The report of a run that is kept, as it is answered. */
    Report of(Run run) {
        Report report = report(run);
        Disclosures.items(report.verdicts().size());
        return report;
    }

    /** The outcome of a run that is kept, with all verdicts that are shown. */
    Outcome read(Run run) {
        Report report = report(run);
        return Outcome.of(
                report.outcome().results(),
                report.verdicts().stream().map(each -> each.read().get()).toList(),
                report.outcome().incomplete());
    }

    private Report report(Run run) {
        Worst worst = verdicts.runs().worst(run.scenarioId(), max, maxSize);
        List<ShownVerdict> shown = worst.shown();
        return new Report(
                Outcome.counted(RunStoreReader.results(run, shown), leftOut(run.tally(), worst)),
                shown,
                Optional.empty());
    }

    /** What came in while it was read may be shown, and not counted yet. */
    private List<Omission> leftOut(Tally tally, Worst worst) {
        int shown = worst.shown().size();
        return Omission.all(
                Omission.ifAny(Bound.REPORT_SIZE, worst.more() ? tally.kept() - shown : 0),
                Omission.ifAny(Bound.MAX_VERDICTS, tally.total() - tally.kept()),
                shown < tally.total() ? verdicts.unsearched().stream() : Stream.empty());
    }
}
