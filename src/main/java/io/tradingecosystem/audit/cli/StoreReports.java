package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.Damage;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.LostEvents;
import io.tradingecosystem.audit.store.OfflineStore;
import io.tradingecosystem.audit.store.StoreReport;

import java.io.PrintStream;
import java.util.List;

/** Says what was found in a log, a line each. */
final class StoreReports {
    /** So many touched verdicts are named. */
    static final int MAX_NAMED = 1_000;

    private final GapTimes gaps;

    StoreReports(GapTimes gaps) {
        this.gaps = gaps;
    }

    /** All of it: files, events, verdicts, and the sum. */
    void show(StoreReport report, OfflineStore store, PrintStream out) {
        if (report.isWhole()) {
            out.printf(
                    "%s is whole: %,d files, %,d bytes, %,d events up to position %d, %,d segments"
                            + " with their hash%n",
                    report.directory(),
                    report.files(),
                    report.bytes(),
                    report.events(),
                    report.last(),
                    report.sealed());
            return;
        }
        report.damages()
                .forEach(
                        each ->
                                out.println(
                                        PrintableText.line("damaged: " + damaged(each, report))));
        report.lost().forEach(each -> out.println("lost: " + lost(each)));
        String verdicts = verdicts(report, store, out);
        out.printf(
                "%s is damaged: %,d of %,d files, %,d of %,d events lost, %s%n",
                report.directory(),
                report.damages().stream().map(Damage::file).distinct().count(),
                report.files(),
                report.lostEvents(),
                report.events() + report.lostEvents(),
                verdicts);
    }

    private static String damaged(Damage damage, StoreReport report) {
        String table = report.tables().getOrDefault(damage.file(), "");
        String name = damage.file().isEmpty() ? "the log" : damage.file();
        String of = table.isEmpty() ? "" : " (" + table + ")";
        String positions =
                damage.hasPositions() ? ", positions " + damage.from() + " to " + damage.to() : "";
        return name + of + positions + ": " + damage.reason();
    }

    private String lost(LostEvents lost) {
        return "events %d to %d, %s".formatted(lost.from(), lost.to(), gaps.clause(lost));
    }

    /** Names the verdicts that lost events may have decided; gives how many. */
    private String verdicts(StoreReport report, OfflineStore store, PrintStream out) {
        try {
            List<Verdict> touched = touched(report, store);
            touched.stream()
                    .limit(MAX_NAMED)
                    .forEach(each -> out.println(PrintableText.line("verdict: " + verdict(each))));
            if (touched.size() > MAX_NAMED) {
                out.printf("verdict: and %,d more%n", touched.size() - MAX_NAMED);
            }
            return "%,d verdicts touched".formatted(touched.size());
        } catch (LogUnavailableException e) {
            return "verdicts cannot be read";
        }
    }

    private List<Verdict> touched(StoreReport report, OfflineStore store) {
        List<Gap> lost = report.lost().stream().flatMap(gaps::all).toList();
        if (lost.isEmpty()) {
            return List.of();
        }
        VerdictStoreReader reader =
                new VerdictStoreReader(
                        store.projections().projection(VerdictService.PROJECTION), store.index());
        return reader.all().stream()
                .filter(
                        verdict ->
                                lost.stream()
                                        .anyMatch(
                                                gap ->
                                                        gap.overlaps(
                                                                verdict.triggeredAt(),
                                                                verdict.deadline())))
                .toList();
    }

    private static String verdict(Verdict verdict) {
        return "%s %s, %s, triggered at %s by %s"
                .formatted(
                        verdict.id(),
                        verdict.status(),
                        verdict.expectation(),
                        verdict.triggeredAt(),
                        verdict.triggerId());
    }
}
