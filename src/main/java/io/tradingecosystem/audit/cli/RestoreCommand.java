package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.LogCopies;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.StoreException;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Copies a backup to where the log is. */
final class RestoreCommand implements Command {
    private static final int FAILED = 1;

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String synopsis() {
        return "restore DIR [options]";
    }

    @Override
    public String help() {
        return """
        copies a backup to where the log is, while the service is stopped, and opens it; never over a log.
        Ends with 1 if there is one, or the backup is not whole
          DIR                   the backup; it stays as it is
          --config FILE         the settings that the service runs with; otherwise ./app.yaml
          --data DIR            where to, if it is elsewhere than the settings say
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Path backup = Copying.named(name(), "DIR", arguments);
        Options options =
                Options.parse(
                        arguments.subList(1, arguments.size()),
                        Set.of("--config", "--data"),
                        Set.of());
        StoreSettings settings = ReplayCommand.settings(options).store();
        try {
            long last = LogCopies.restore(backup, settings);
            out.printf("%s has the log up to position %d%n", settings.path(), last);
            return 0;
        } catch (StoreException | LogUnavailableException e) {
            err.println("audit-correlator: " + e.getMessage());
            return FAILED;
        }
    }
}
