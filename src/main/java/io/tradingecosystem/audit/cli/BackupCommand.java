package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.store.LogCopies;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Copies the log, whether the service runs or not. */
final class BackupCommand implements Command {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String synopsis() {
        return "backup DIR [options]";
    }

    @Override
    public String help() {
        return """
        copies the log to a new directory, while the service runs or not; the copy is a log, and on the same
        disk it takes no room until the log lets go of what is in it. Ends with 1 if it cannot be made
          DIR                   where to, as the service sees it; it is not there yet
          --config FILE         the settings that the service runs with; otherwise ./app.yaml
          --data DIR            the log, if it is elsewhere than the settings say
          --wait TIME           how long the running service may take; 1m
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Copying copying = Copying.of(name(), "DIR", arguments, "--wait");
        Path target = copying.path().toAbsolutePath().normalize();
        Duration patience = patience(copying.options());
        return Copying.run(
                target, () -> LogCopies.backup(copying.settings(), target, patience), out, err);
    }

    private static Duration patience(Options options) {
        return options.value("--wait")
                .map(
                        text ->
                                Durations.parse(text)
                                        .orElseThrow(
                                                () ->
                                                        new UsageException(
                                                                "--wait is a duration like 90s")))
                .orElse(PATIENCE);
    }
}
