package io.tradingecosystem.audit.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How events are kept.
 *
 * @param path the directory of the log, made if it is not there
 * @param durability what an answer to an append means
 * @param queueEvents how many events may wait to be written before callers are asked to come back
 * @param queueSize how many bytes of them
 * @param businessKeys the attributes by whose values events are found
 * @param retentionAge events recorded longer ago go
 * @param retentionSize the oldest events go when events and their indexes take more bytes of disk
 *     than this
 * @param memory bytes for what is read from disk and what waits to be written to tables, beside the
 *     heap; if it is empty the machine says how many. It never decides what is remembered.
 * @param minFreeSpace with fewer bytes free on the disk, nothing is appended
 */
public record StoreSettings(
        Path path,
        Durability durability,
        int queueEvents,
        long queueSize,
        Set<String> businessKeys,
        Duration retentionAge,
        long retentionSize,
        OptionalLong memory,
        long minFreeSpace) {
    private static final int MAX_KEYS = 16;
    private static final Pattern KEY = Pattern.compile("[^\\s,]{1,256}");
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;

    public StoreSettings {
        businessKeys = Set.copyOf(businessKeys);
    }

    static StoreSettings from(Section section) {
        return new StoreSettings(
                Path.of(
                        section.text(
                                "path", "./data/log", Pattern.compile("[^\0]+"), "a directory")),
                section.choice("durability", Durability.FSYNC),
                section.integer("queue-events", 65_536, 512, 1 << 24),
                section.bytes("queue-size", 64 * MIB, MIB, 4 * GIB),
                businessKeys(section),
                section.duration(
                        "retention-age",
                        Duration.ofDays(90),
                        Duration.ofMinutes(1),
                        Duration.ofDays(36_500)),
                section.bytes("retention-size", 20 * GIB, 64 * MIB, 1024 * TIB),
                section.bytesOrAuto("memory", 16 * MIB, TIB),
                section.bytes("min-free-space", 256 * MIB, 0, TIB));
    }

    private static Set<String> businessKeys(Section section) {
        List<String> names =
                section.texts(
                        "business-keys", List.of("order_id", "symbol", "trade_id", "strategy_id"));
        for (String name : names) {
            if (!KEY.matcher(name).matches()) {
                section.problem("business-keys", name, "names of attributes, without spaces");
            }
        }
        if (names.size() > MAX_KEYS) {
            section.problem(
                    "business-keys", names.toString(), "at most " + MAX_KEYS + " attributes");
        }
        return new LinkedHashSet<>(names);
    }

    /** What an answer to an append means. */
    public enum Durability {
        /** The events are on disk: they survive a power cut. */
        FSYNC,
        /**
         * The operating system has the events: they survive the end of the process, and a power cut
         * may take the last seconds.
         */
        OS
    }
}
