package io.tradingecosystem.audit.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

/** The jar that this process runs from, if it does. */
final class ProgramFile {
    private ProgramFile() {}

    /** The jar of {@code java -jar}, as it was named. */
    static Optional<Path> jar() {
        String path = System.getProperty("java.class.path", "");
        boolean alone = path.endsWith(".jar") && !path.contains(File.pathSeparator);
        return alone ? Optional.of(Path.of(path)) : Optional.empty();
    }

    /** Where a file of this name is, or would be, in the directory of the jar. */
    static Optional<Path> beside(String name) {
        return jar().map(path -> path.resolveSibling(name));
    }
}
