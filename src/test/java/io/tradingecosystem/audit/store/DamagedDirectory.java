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
        return events(EVENTS, 500);
    }

    /** So many, each with a message of so many characters. */
    static List<AuditEvent> events(int count, int length) {
        Random random = new Random(1);
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                AuditEvent.builder("s", "t")
                                        .id("e" + i)
                                        .message(incompressible(random, length))
                                        .attribute("order_id", "O-" + i % 10)
                                        .build())
                .toList();
    }

    /** So that the table of events is the largest, and has its end far from its beginning. */
    private static String incompressible(Random random, int length) {
        return random.ints(length, '!', '~')
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
        return tablesOf(directory, family).getFirst();
    }

    static List<Path> tablesOf(Path directory, String family) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .filter(file -> contents(file).contains(family))
                    .toList();
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

    /** Flips a bit in each KiB of the first part of a table; its end says where all stands. */
    static void spoil(Path table, double part) throws IOException {
        byte[] bytes = Files.readAllBytes(table);
        for (int at = 10; at < bytes.length * part; at += 1 << 10) {
            bytes[at] ^= 1;
        }
        Files.write(table, bytes);
    }

    static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 1;
        Files.write(file, bytes);
    }
}
