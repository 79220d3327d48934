package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.LogInUseException;
import io.tradingecosystem.audit.store.OfflineStore;
import io.tradingecosystem.audit.store.StoreReport;

import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The log that a command line names, with the settings that it was written by.
 *
 * @param settings those of the service, {@code store.path} as it was named
 * @param gaps in which time lost events may have occurred
 */
record StoppedLog(Settings settings, GapTimes gaps) {

    private static final String MAX_AGE = "--max-age";

    /** Reads {@code [DIR] [--config FILE] [--max-age DURATION]}. */
    static StoppedLog of(List<String> arguments) {
        Optional<String> directory =
                arguments.stream().findFirst().filter(each -> !each.startsWith("-"));
        List<String> rest = arguments.subList(directory.isPresent() ? 1 : 0, arguments.size());
        Options options = Options.parse(rest, Set.of("--config", MAX_AGE), Set.of());
        Properties properties = new Properties();
        properties.putAll(System.getProperties());
        directory.ifPresent(path -> properties.setProperty("store.path", path));
        Settings settings =
                Settings.load(RunCommand.file(options), System.getenv(), properties).settings();
        return new StoppedLog(settings, new GapTimes(maxAge(options), settings.ingest().future()));
    }

    private static Optional<Duration> maxAge(Options options) {
        return options.value(MAX_AGE)
                .map(
                        text ->
                                Durations.parse(text)
                                        .orElseThrow(
                                                () ->
                                                        new UsageException(
                                                                MAX_AGE
                                                                        + " is a duration like"
                                                                        + " 1h")));
    }

    private OfflineStore open() {
        if (!Files.isDirectory(settings.store().path())) {
            throw new UsageException("there is no log in " + settings.store().path());
        }
        try {
            return OfflineStore.open(settings.store());
        } catch (LogInUseException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** What follows when a log was looked through. */
    @FunctionalInterface
    interface Sequel {
        int exitCode(OfflineStore store, StoreReport report);
    }

    /**
     * Looks through it, says what was found, and goes on.
     *
     * @return the exit code
     * @throws UsageException if there is none, or a service has it open
     */
    int check(PrintStream out, Sequel sequel) {
        try (OfflineStore store = open()) {
            StoreReport report = store.check();
            new StoreReports(gaps).show(report, store, out);
            return sequel.exitCode(store, report);
        }
    }
}
