package io.tradingecosystem.audit.event.json;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.Candidate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * An event of the log as a line of an export: as the doors give it, with its position, and behind
 * that {@code "author"} where it was not a door. What is written is read back exactly.
 */
public final class ExportLine {
    private ExportLine() {}

    /** A line of UTF-8, without its end. */
    public static byte[] write(AuditEvent event) {
        byte[] json = EventJsonWriter.bytes(event);
        byte[] author = suffix(event.author());
        byte[] line = Arrays.copyOf(json, json.length - 1 + author.length);
        System.arraycopy(author, 0, line, json.length - 1, author.length);
        return line;
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
        Author author = author(line);
        byte[] json = Arrays.copyOf(line, line.length - suffix(author).length + 1);
        json[json.length - 1] = '}';
        AuditEvent event =
                switch (new EventJsonReader().read(json, 0, json.length)) {
                    case Candidate.Draft draft -> draft.event().author(author).build();
                    case Candidate.Unreadable unreadable ->
                            throw InvalidRecordingException.at(place, unreadable.problem().text());
                };
        if (event.position() < 1 || event.id().isEmpty()) {
            throw InvalidRecordingException.at(
                    place, "an event of an export has an id, and a position from 1 on");
        }
        return event;
    }

    private static Author author(byte[] line) {
        for (Author author : new Author[] {Author.OWN, Author.UNPROVEN}) {
            byte[] suffix = suffix(author);
            int from = line.length - suffix.length;
            if (from > 0 && Arrays.equals(line, from, line.length, suffix, 0, suffix.length)) {
                return author;
            }
        }
        return Author.DOOR;
    }

    private static byte[] suffix(Author author) {
        String text =
                author == Author.DOOR
                        ? "}"
                        : ",\"author\":\"" + author.name().toLowerCase(Locale.ROOT) + "\"}";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
