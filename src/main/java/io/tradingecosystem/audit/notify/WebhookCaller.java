package io.tradingecosystem.audit.notify;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Makes one attempt. Thread-safe. */
@FunctionalInterface
public interface WebhookCaller extends AutoCloseable {
    /**
     * Posts a message, and follows no redirect.
     *
     * @throws InterruptedException if the calling thread was interrupted
     */
    Answer call(Request request) throws InterruptedException;

    /** Ends all connections. */
    @Override
    default void close() {}

    /**
     * What is posted.
     *
     * @param url where the receiver is
     * @param headers by name
     * @param body to be sent as UTF-8
     * @param timeout for everything
     */
    record Request(URI url, Map<String, String> headers, String body, Duration timeout) {}
}
