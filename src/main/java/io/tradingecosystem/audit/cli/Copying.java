package io.tradingecosystem.audit.cli;

import java.nio.file.Path;
import java.util.List;

/** What the commands that copy a log have in common. */
final class Copying {
    private Copying() {}

    /** The path that comes before all options. */
    static Path named(String command, String what, List<String> arguments) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            throw new UsageException(command + " needs a " + what + " first");
        }
        return Path.of(arguments.getFirst());
    }
}
