package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.store.StoreException;

import java.io.PrintStream;
import java.util.List;

/** Reads a stored log as a whole, and says what is damaged. */
final class VerifyStoreCommand implements Command {
    private static final int DAMAGED = 1;

    @Override
    public String name() {
        return "verify-store";
    }

    @Override
    public String synopsis() {
        return "verify-store [DIR] [options]";
    }

    @Override
    public String help() {
        return """
        reads every block of the stored log, while the service is stopped, and names each damaged file, the
        positions of events that are lost, and the verdicts that they may have decided; ends with 0 if the log
        is whole, 1 if not, 2 if there is none or a service has it open
          DIR                   the log; otherwise the settings say where it is
          --config FILE         the settings of the service; otherwise ./app.yaml
          --max-age DURATION    how far from when they were recorded lost events occurred at most, as 1h, where
                                no index tells any more; otherwise they may have at any time
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            return StoppedLog.of(arguments)
                    .check(out, (store, report) -> report.isWhole() ? 0 : DAMAGED);
        } catch (StoreException e) {
            out.println("damaged: " + e.getMessage());
            return DAMAGED;
        }
    }
}
