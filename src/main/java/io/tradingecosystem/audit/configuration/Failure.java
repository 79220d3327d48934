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

    /** Whether another attempt at once may help. */
    boolean mayPass() {
        return kind.mayPass;
    }

    enum Kind {
        NO_ADDRESS("no address", true, false),
        CONNECT_FAILED("no connection", true, true),
        TIMED_OUT("no answer in time", true, true),
        CONNECTION_LOST("connection lost", true, true),
        SERVER_ERROR("the service fails", true, true),
        BREAKER_OPEN("left alone for a while after failures", true, false),
        OVERLOADED("too many loads at once", true, false),
        REDIRECTED("redirected", false, false),
        REFUSED("refused", false, false),
        CLOSED("closed", false, false),
        TOO_LARGE("answer too large", false, false),
        UNREADABLE("answer unreadable", false, false);

        private final String inWords;
        private final boolean concernsTheService;
        private final boolean mayPass;

        Kind(String inWords, boolean concernsTheService, boolean mayPass) {
            this.inWords = inWords;
            this.concernsTheService = concernsTheService;
            this.mayPass = mayPass;
        }
    }
}
