package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.FileTree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts a repaired log in the place of a damaged one, whose files go into the folder {@code
 * quarantine}. {@code FORMAT}, without which there is no log, goes first and comes last, so a
 * process that ends in between leaves no log that could be opened, and the next one goes on: as
 * long as the repaired log is in {@code repaired} the old files are moved out, and from then on, in
 * {@code incoming}, it is moved in.
 */
final class Quarantine {
    private static final String FORMAT = "FORMAT";

    private static final Pattern OF_THE_LOG =
            Pattern.compile(
                    "TAIL|CURRENT|IDENTITY|LOG(\\.old.*)?|(MANIFEST|OPTIONS)-.*"
                            + "|\\d+\\.(log|sst|dbtmp)|FORMAT");

    private final Path directory;
    private final Path folder;
    private final Path repaired;
    private final Path incoming;

    private Quarantine(Path directory) {
        this.directory = directory;
        this.folder = directory.resolve("quarantine");
        this.repaired = directory.resolve("repaired");
        this.incoming = directory.resolve("incoming");
    }

    static Quarantine in(Path directory) {
        return new Quarantine(directory);
    }

    /** An empty folder for the log that is to be made. */
    Path begin() throws IOException {
        abandon();
        return Files.createDirectories(repaired);
    }

    /** Removes what was made of it. */
    void abandon() throws IOException {
        FileTree.remove(repaired);
    }

    /** Puts what was made in the place of what is there; gives where that is now. */
    Path swap() throws IOException {
        Path aside = folder.resolve(stamp());
        Files.createDirectories(aside);
        moveOut(aside);
        Files.move(repaired, incoming, StandardCopyOption.ATOMIC_MOVE);
        moveIn();
        return aside;
    }

    /**
     * Goes on where a process ended while it put one in the place of the other.
     *
     * @throws StoreException if that does not go well
     */
    static void finish(Path directory) {
        try {
            Quarantine quarantine = new Quarantine(directory);
            boolean made = Files.exists(quarantine.repaired.resolve(FORMAT));
            if (Files.exists(quarantine.incoming)) {
                quarantine.moveIn();
            } else if (made && !Files.exists(directory.resolve(FORMAT))) {
                quarantine.swap();
            }
        } catch (IOException e) {
            throw new StoreException("the repair of " + directory + " cannot be finished: " + e, e);
        }
    }

    private void moveOut(Path aside) throws IOException {
        Path format = directory.resolve(FORMAT);
        if (Files.exists(format)) {
            Files.move(format, aside.resolve(FORMAT));
        }
        for (Path file : files(directory)) {
            Files.move(file, aside.resolve(file.getFileName()));
        }
    }

    private void moveIn() throws IOException {
        Path format = incoming.resolve(FORMAT);
        for (Path file : files(incoming)) {
            if (!file.equals(format)) {
                Files.move(file, directory.resolve(file.getFileName()));
            }
        }
        if (Files.exists(format)) {
            Files.move(format, directory.resolve(FORMAT));
        }
        Files.deleteIfExists(incoming.resolve("LOCK"));
        Files.delete(incoming);
    }

    private static List<Path> files(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(
                            file ->
                                    OF_THE_LOG
                                            .matcher(String.valueOf(file.getFileName()))
                                            .matches())
                    .toList();
        }
    }

    private static String stamp() {
        return DateTimeFormatter.ISO_INSTANT
                .format(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .replace(":", "");
    }
}
