package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.StoreException;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the command line of a command that copies a log says.
 *
 * @param path what comes before all options
 * @param options those behind it
 * @param settings of the log
 */
record Copying(Path path, Options options, StoreSettings settings) {
    private static final int FAILED = 1;

    /**
     * Reads {@code PATH [--config FILE] [--data DIR]} and more options.
     *
     * @param what the path is
     */
    static Copying of(String command, String what, List<String> arguments, String... more) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            throw new UsageException(command + " needs a " + what + " first");
        }
        Set<String> known = new HashSet<>(List.of(more));
        known.addAll(Set.of("--config", "--data"));
        Options options = Options.parse(arguments.subList(1, arguments.size()), known, Set.of());
        return new Copying(
                Path.of(arguments.getFirst()), options, ReplayCommand.settings(options).store());
    }

    /** Makes a log, and gives its last position. */
    @FunctionalInterface
    interface Work<E extends Exception> {
        long last() throws E;
    }

    /**
     * Does it, and says what came of it.
     *
     * @param target where the log is then
     * @return the exit code
     */
    static <E extends Exception> int run(
            Path target, Work<E> work, PrintStream out, PrintStream err) throws E {
        try {
            out.printf("%s has the log up to position %d%n", target, work.last());
            return 0;
        } catch (StoreException | LogUnavailableException e) {
            err.println("audit-correlator: " + e.getMessage());
            return FAILED;
        }
    }
}
