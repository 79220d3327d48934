package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.StoreSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A log of a thousand events in tables, and what may happen to its files. */
public final class DamagedDirectory {
    static final int EVENTS = 1_000;

    private DamagedDirectory() {}

    static void fill(Path directory) {
        try (EventStore store = Stores.open(directory, InstantSource.system())) {
            store.log().append(events());
            store.flush();
        }
    }

    /** Flips a bit in the middle of what a log has in a table; that is written to a file before. */
    public static void damage(StoreSettings settings, String family) throws IOException {
        try (EventStore store = Stores.open(settings, InstantSource.system())) {
            store.flush();
        }
        damage(tableOf(settings.path(), family));
    }

    static List<AuditEvent> events() {
        Random random = new Random(1);
        return IntStream.range(0, EVENTS)
                .mapToObj(
                        i ->
                                AuditEvent.builder("s", "t")
                                        .id("e" + i)
                                        .message(incompressible(random))
                                        .attribute("order_id", "O-" + i % 10)
                                        .build())
                .toList();
    }

    /** So that the table of events is the largest, and has its end far from its beginning. */
    private static String incompressible(Random random) {
        return random.ints(500, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The table of events. */
    static Path largestTable(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    static Path tableOf(Path directory, String family) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .filter(file -> contents(file).contains(family))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A table names its family among its properties. */
    private static String contents(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flips a bit in the middle. */
    static void damage(Path table) throws IOException {
        flip(table, Files.size(table) / 2);
    }

    static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 1;
        Files.write(file, bytes);
    }
}
