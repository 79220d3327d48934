package io.tradingecosystem.audit.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * Something the program does when it is named on the command line: {@code java -jar
 * audit-correlator.jar NAME ...}. Without a name the service runs.
 */
interface Command {
    /** How it is called; empty for what runs without a name. */
    String name();

    /** How it is written on the command line behind the jar. */
    default String synopsis() {
        return name() + " [options]";
    }

    /** What it does, in one line of {@code --help}; its options, if any, in further lines. */
    String help();

    /**
     * Does it.
     *
     * @param arguments what follows the name
     * @param out for results
     * @param err for complaints
     * @return the exit code
     * @throws UsageException if the arguments make no sense
     */
    int run(List<String> arguments, PrintStream out, PrintStream err);
}
