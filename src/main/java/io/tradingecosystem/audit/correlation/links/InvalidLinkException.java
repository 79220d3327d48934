package io.tradingecosystem.audit.correlation.links;

import java.util.List;

/** A link that somebody tells makes no sense; the message names every problem. */
public final class InvalidLinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidLinkException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
