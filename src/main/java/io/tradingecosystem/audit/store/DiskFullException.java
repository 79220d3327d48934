package io.tradingecosystem.audit.store;

/** There is less room on the disk than must stay free; the database itself is well. */
final class DiskFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DiskFullException(String message) {
        super(message);
    }
}
