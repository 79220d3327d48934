package io.tradingecosystem.audit.correlation;

import java.util.List;

/** A link that somebody tells makes no sense; the message names every problem. */
public final class InvalidLinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidLinkException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
