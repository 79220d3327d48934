package io.tradingecosystem.audit.registry;

/** The registry was used in a way that cannot work; a registry that is away never throws. */
public final class RegistryException extends RuntimeException {
    RegistryException(String message) {
        super(message);
    }
}
