package io.tradingecosystem.audit.correlation.links;

/** The same two events are linked in the same way already. */
public final class LinkExistsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LinkExistsException(String message) {
        super(message);
    }
}
