package io.tradingecosystem.audit.access.log;

/**
 * How a question was answered. Immutable.
 *
 * @param status the status of HTTP, the code of gRPC, or one of the words below
 * @param reason the name of a refusal; empty if it was none
 */
public record Answer(String status, String reason) {
    /** There was none. */
    static final Answer NONE = new Answer("");

    /** It goes on. */
    static final Answer RUNNING = new Answer("running");

    /** The caller left before it was complete. */
    public static final Answer CANCELLED = new Answer("cancelled");

    /** One that was no refusal. */
    public Answer(String status) {
        this(status, "");
    }
}
