package io.tradingecosystem.audit.registry;

/** A record of the registry that says nothing useful; the message says why. */
final class UnreadableRecordException extends RuntimeException {
    UnreadableRecordException(String message) {
        super(message);
    }
}
