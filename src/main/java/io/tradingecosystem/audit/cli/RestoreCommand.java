package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.LogCopies;

import java.io.PrintStream;
import java.util.List;

/** Copies a backup to where the log is. */
final class RestoreCommand implements Command {
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
        Copying copying = Copying.of(name(), "DIR", arguments);
        StoreSettings settings = copying.settings();
        return Copying.run(
                settings.path(), () -> LogCopies.restore(copying.path(), settings), out, err);
    }
}
