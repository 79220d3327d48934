package io.tradingecosystem.audit.definition;

/**
 * A rule or an expectation with its source. Immutable.
 *
 * @param content what it says
 * @param text its definition as JSON
 * @param written its definition as somebody wrote it; the JSON where only that is left
 * @param origin {@link #FILE} or {@link #API}
 * @param eventId the event that put it in force; empty for one that was only read
 * @param <T> what is defined
 */
public record Definition<T extends Defined>(
        T content, String text, String written, String origin, String eventId) {
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
        return new Definition<>(content, text, written, origin, event);
    }

    /** Whether both say the same and come from the same place. */
    public boolean saysTheSameAs(Definition<T> other) {
        return text.equals(other.text) && origin.equals(other.origin);
    }
}
