package io.tradingecosystem.audit.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is taken in, and how much at once.
 *
 * @param limits the bounds of one event
 * @param badTime what becomes of an event whose time lies before 2000 or too far ahead
 * @param future how far occurred_at may lie ahead of our clock
 * @param names other names of fields and attributes, by their own names, beside the default ones
 * @param services other names of services, by their own names, beside the default ones
 * @param maxBatch the maximum of events in one request or message; a streamed body has any number
 * @param maxLineSize the longest line of a streamed body, in bytes
 * @param maxInFlight the size of all events on their way into the log, in bytes; more are refused
 *     until there is room
 * @param patience how long a streaming sender is made to wait for a busy log before it is refused
 */
public record IngestSettings(
        Limits limits,
        BadTime badTime,
        Duration future,
        Map<String, List<String>> names,
        Map<String, List<String>> services,
        int maxBatch,
        int maxLineSize,
        long maxInFlight,
        Duration patience) {

    public IngestSettings {
        names = Map.copyOf(names);
        services = Map.copyOf(services);
    }

    /** What becomes of an event whose time is out of bounds. */
    public enum BadTime {
        REFUSE,
        CLAMP
    }

    /**
     * The bounds of one event: lengths in characters, sizes in bytes.
     *
     * @param idLength of an event's own id and of its cause id
     * @param nameLength of service, instance, type, correlation id and scenario id
     * @param messageLength of the message
     * @param attributes how many attributes
     * @param attributeNameLength of an attribute's name
     * @param attributeSize of one attribute's value
     * @param attributeDepth how deeply lists and maps may be nested
     * @param links how many links
     * @param eventSize of all texts, attributes and links together
     */
    public record Limits(
            int idLength,
            int nameLength,
            int messageLength,
            int attributes,
            int attributeNameLength,
            int attributeSize,
            int attributeDepth,
            int links,
            int eventSize) {

        static Limits from(Section section) {
            return new Limits(
                    section.integer("id-length", 128, 16, 1_024),
                    section.integer("name-length", 256, 16, 1_024),
                    size(section, "message-length", 32L << 10, 1L << 20),
                    section.integer("attributes", 256, 1, 10_000),
                    section.integer("attribute-name-length", 256, 16, 1_024),
                    size(section, "attribute-size", 64L << 10, 16L << 20),
                    section.integer("attribute-depth", 16, 0, 32),
                    section.integer("links", 256, 0, 10_000),
                    size(section, "event-size", 256L << 10, 16L << 20));
        }
    }

    static IngestSettings from(Section section) {
        Section aliases = section.section("aliases");
        return new IngestSettings(
                Limits.from(section.section("limits")),
                section.choice("bad-time", BadTime.REFUSE),
                section.duration(
                        "future", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(36_500)),
                table(aliases, "names"),
                table(aliases, "services"),
                section.integer("max-batch", 10_000, 1, 1_000_000),
                size(section, "max-line-size", 1L << 20, 64L << 20),
                section.bytes("max-in-flight", 64L << 20, 1L << 20, 1L << 40),
                section.duration(
                        "patience", Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(10)));
    }

    private static int size(Section section, String name, long otherwise, long max) {
        return Math.toIntExact(section.bytes(name, otherwise, 1L << 10, max));
    }

    /** A name may stand for one thing only. */
    private static Map<String, List<String>> table(Section section, String name) {
        Map<String, List<String>> table = section.table(name, Map.of());
        Map<String, String> meanings = new HashMap<>();
        table.forEach(
                (own, others) ->
                        others.forEach(
                                other -> {
                                    String before = meanings.put(other, own);
                                    if (before != null && !before.equals(own)) {
                                        section.problem(
                                                name,
                                                other,
                                                "a name for one thing only, not for "
                                                        + before
                                                        + " and "
                                                        + own);
                                    }
                                }));
        return table;
    }
}
