package io.tradingecosystem.audit.configuration;

/**
 * Why the service could not be asked, or its answer not be used.
 *
 * @param kind what kind of failure
 * @param message what happened, in words
 */
record Failure(Kind kind, String message) {

    @Override
    public String toString() {
        return kind.inWords + ": " + message;
    }

    /** Whether the failure tells about the service rather than about one key. */
    boolean concernsTheService() {
        return kind.concernsTheService;
    }

    enum Kind {
        NO_ADDRESS("no address", true),
        CONNECT_FAILED("no connection", true),
        TIMED_OUT("no answer in time", true),
        CONNECTION_LOST("connection lost", true),
        SERVER_ERROR("the service fails", true),
        BREAKER_OPEN("left alone for a while after failures", true),
        OVERLOADED("too many loads at once", true),
        REDIRECTED("redirected", false),
        REFUSED("refused", false),
        CLOSED("closed", false),
        TOO_LARGE("answer too large", false),
        UNREADABLE("answer unreadable", false);

        private final String inWords;
        private final boolean concernsTheService;

        Kind(String inWords, boolean concernsTheService) {
            this.inWords = inWords;
            this.concernsTheService = concernsTheService;
        }
    }
}
