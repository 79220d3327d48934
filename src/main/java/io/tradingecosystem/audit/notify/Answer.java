package io.tradingecosystem.audit.notify;

import java.util.Optional;

/** What came of one attempt. */
public sealed interface Answer {

    /**
     * A receiver answered.
     *
     * @param status of HTTP
     * @param retryAfter the header as it came
     * @param text the beginning of the body, for people
     */
    record Status(int status, Optional<String> retryAfter, String text) implements Answer {}

    /**
     * There was no answer.
     *
     * @param reason a clause for people, without the address
     */
    record None(String reason) implements Answer {}
}
