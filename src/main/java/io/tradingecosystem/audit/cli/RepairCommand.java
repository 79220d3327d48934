package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.GapEvents;
import io.tradingecosystem.audit.store.LostEvents;
import io.tradingecosystem.audit.store.OfflineStore;
import io.tradingecosystem.audit.store.RepairReport;
import io.tradingecosystem.audit.store.StoreException;
import io.tradingecosystem.audit.store.StoreReport;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Makes a log of what can be read of a damaged one. */
final class RepairCommand implements Command {
    private static final int FAILED = 1;
    private static final List<String> PROJECTIONS =
            List.of(LinkService.PROJECTION, VerdictService.PROJECTION);

    @Override
    public String name() {
        return "repair";
    }

    @Override
    public String synopsis() {
        return "repair [DIR] [options]";
    }

    @Override
    public String help() {
        return """
        makes a log of all that can be read of the stored one, while the service is stopped, and leaves the
        files that were there in the folder quarantine below it; where events are lost stands a gap, audit.gap,
        which makes the verdicts that it touches INCONCLUSIVE; indexes are made anew, and links and verdicts by
        the next start if they cannot be read; needs as much disk again; ends with 0 if the log can be used,
        1 if it cannot be repaired, 2 if there is none or a service has it open
          DIR                   the log; otherwise the settings say where it is
          --config FILE         the settings of the service; otherwise ./app.yaml
          --max-age DURATION    how far from when they were recorded lost events occurred at most, as 1h, where
                                no index tells any more; otherwise they may have at any time
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        StoppedLog log = StoppedLog.of(arguments);
        try {
            return log.check(out, (store, report) -> repair(log, store, report, out));
        } catch (StoreException e) {
            err.println("audit-correlator: " + e.getMessage());
            return FAILED;
        }
    }

    private static int repair(
            StoppedLog log, OfflineStore store, StoreReport report, PrintStream out) {
        if (!report.isWhole()) {
            show(store.repair(report, new Told(log), PROJECTIONS), out);
        }
        return 0;
    }

    /** Says it as the service does, each time with the positions. */
    private record Told(StoppedLog log) implements GapEvents {
        @Override
        public AuditEvent of(LostEvents lost) {
            return event(log.gaps().gap(lost), lost, "");
        }

        @Override
        public Optional<AuditEvent> ahead(LostEvents lost) {
            return log.gaps().ahead(lost).map(gap -> event(gap, lost, "-ahead"));
        }

        private AuditEvent event(Gap gap, LostEvents lost, String suffix) {
            AuditEvent event = VerdictEvents.gap(log.settings().service().name(), gap);
            return event.toBuilder()
                    .id(event.id() + "-" + lost.from() + suffix)
                    .attribute("from_position", lost.from())
                    .attribute("to_position", lost.to())
                    .build();
        }
    }

    private static void show(RepairReport repaired, PrintStream out) {
        repaired.dropped()
                .forEach(
                        each ->
                                out.printf(
                                        "dropped: %s could not be read; the next start derives it"
                                                + " anew%n",
                                        each));
        out.printf(
                "repaired: %,d events, %,d gaps; the files that were there are in %s%n",
                repaired.events(), repaired.gaps(), repaired.quarantine());
    }
}
