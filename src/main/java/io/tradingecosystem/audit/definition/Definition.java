package io.tradingecosystem.audit.definition;

import java.util.List;

/**
 * A rule or an expectation with its source. Immutable.
 *
 * @param content what it says
 * @param text its definition as JSON
 * @param written its definition as somebody wrote it; the JSON where only that is left
 * @param origin {@link #FILE} or {@link #API}
 * @param eventId the event that put it in force; empty for one that was only read
 * @param place its document and line, such as {@code market.yaml:7}; of one of the log, the event
 * @param warnings what is allowed in it, but hardly meant, a sentence each
 * @param <T> what is defined
 */
public record Definition<T extends Defined>(
        T content,
        String text,
        String written,
        String origin,
        String eventId,
        String place,
        List<String> warnings) {
    public Definition {
        warnings = List.copyOf(warnings);
    }

    /** It stands in a file of the folder. */
    public static final String FILE = "file";

    /** Somebody put it in force while the service ran. */
    public static final String API = "api";

    public String name() {
        return content.name();
    }

    public String version() {
        return content.version();
    }

    public boolean isFromFile() {
        return origin.equals(FILE);
    }

    /** The same as an event put it in force. */
    public Definition<T> inForceBy(String event) {
        return new Definition<>(content, text, written, origin, event, place, warnings);
    }

    /** Whether both say the same and come from the same place. */
    public boolean saysTheSameAs(Definition<T> other) {
        return text.equals(other.text) && origin.equals(other.origin);
    }
}
