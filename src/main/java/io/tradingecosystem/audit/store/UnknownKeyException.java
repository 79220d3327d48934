package io.tradingecosystem.audit.store;

/** A question names an attribute that has no index, or a page token of another origin. */
public final class UnknownKeyException extends IllegalArgumentException {
    UnknownKeyException(String message) {
        super(message);
    }
}
