package io.tradingecosystem.audit.event.json;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.Candidate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An event of the log as a line of an export: as the doors give it, with its position, and behind
 * that {@code "author"} where it was not a door. What is written is read back exactly.
 */
public final class ExportLine {
    private ExportLine() {}

    /** A line of UTF-8, without its end. */
    public static byte[] write(AuditEvent event) {
        return EventJsonWriter.bytes(event);
    }

    /**
     * The event of a line.
     *
     * @throws InvalidRecordingException if it is none that an export has
     */
    public static AuditEvent read(byte[] line, String place) {
        if (line.length == 0 || line[line.length - 1] != '}') {
            throw InvalidRecordingException.at(place, "is no event");
        }
        Optional<Author> said = said(line);
        byte[] json = said.map(author -> without(suffix(author), line)).orElse(line);
        AuditEvent event =
                switch (new EventJsonReader().read(json, 0, json.length)) {
                    case Candidate.Draft draft ->
                            draft.event().author(said.orElse(Author.DOOR)).build();
                    case Candidate.Unreadable unreadable ->
                            throw InvalidRecordingException.at(place, unreadable.problem().text());
                };
        if (event.position() < 1 || event.id().isEmpty()) {
            throw InvalidRecordingException.at(
                    place, "an event of an export has an id, and a position from 1 on");
        }
        return event;
    }

    private static Optional<Author> said(byte[] line) {
        return Stream.of(Author.values())
                .filter(author -> endsWith(suffix(author), line))
                .findFirst();
    }

    private static boolean endsWith(byte[] suffix, byte[] line) {
        int from = line.length - suffix.length;
        return from > 0 && Arrays.equals(line, from, line.length, suffix, 0, suffix.length);
    }

    private static byte[] without(byte[] suffix, byte[] line) {
        byte[] json = Arrays.copyOf(line, line.length - suffix.length + 1);
        json[json.length - 1] = '}';
        return json;
    }

    private static byte[] suffix(Author author) {
        String name = author.name().toLowerCase(Locale.ROOT);
        return (",\"author\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
