package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.comparisons.ComparisonGrpc;
import io.tradingecosystem.audit.api.comparisons.ComparisonProblems;
import io.tradingecosystem.audit.api.comparisons.ComparisonRoutes;
import io.tradingecosystem.audit.api.comparisons.RunComparisons;
import io.tradingecosystem.audit.comparison.Comparisons;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.store.Store;

/** What is different from before. */
public final class ComparisonWiring {
    private ComparisonWiring() {}

    /** Lets runs be compared. */
    public static void add(
            Store store,
            LinkService links,
            VerdictService verdicts,
            Monitoring monitoring,
            Doors doors) {
        ComparisonProblems.map(monitoring.problems());
        RunComparisons comparisons =
                new RunComparisons(
                        Comparisons.create(store.index(), links.index(), verdicts.verdicts()),
                        verdicts.progress()::now,
                        links.progress()::now);
        doors.routes("/api/v1", new ComparisonRoutes(comparisons))
                .service(new ComparisonGrpc(comparisons));
    }
}
