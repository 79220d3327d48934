package io.tradingecosystem.audit.configuration;

/** There is no value for a key, or it is not what was wanted. */
public final class ConfigurationException extends RuntimeException {
    private final String key;
    private final Reason reason;

    ConfigurationException(String key, Reason reason, String message) {
        super(message);
        this.key = key;
        this.reason = reason;
    }

    /** The key that was asked for. */
    public String key() {
        return key;
    }

    /** Why it has no value that can be used. */
    public Reason reason() {
        return reason;
    }

    /** Why a key has no value that can be used. */
    public enum Reason {
        /** The service answered that it does not know the key, and nobody else does. */
        UNKNOWN_KEY,
        /** The service could not be asked, and nobody else knows the key. */
        UNAVAILABLE,
        /** There is a value, but not one of the wanted type. */
        WRONG_TYPE
    }
}
