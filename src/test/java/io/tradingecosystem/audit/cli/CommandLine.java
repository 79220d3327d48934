package io.tradingecosystem.audit.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Command lines that are run in this process, and what they say. */
final class CommandLine {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Runs one and gives the exit code. */
    int run(String... arguments) {
        out.reset();
        err.reset();
        return new Main().run(arguments, stream(out), stream(err));
    }

    /** What the last said on standard output. */
    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What the last said on standard error. */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
