package io.tradingecosystem.audit.scenario;

import java.util.List;

/** A loss that somebody tells cannot be taken; the message names every problem. */
public final class InvalidGapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidGapException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
