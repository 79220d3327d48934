package io.tradingecosystem.audit.configuration;

/** What a value is. */
public enum ValueType {
    STRING,
    NUMBER,
    BOOLEAN,
    JSON;

    /** What a text looks like. */
    static ValueType of(String raw) {
        if (Conversions.isNumber(raw)) {
            return NUMBER;
        }
        if (raw.equalsIgnoreCase("true") || raw.equalsIgnoreCase("false")) {
            return BOOLEAN;
        }
        return raw.startsWith("{") || raw.startsWith("[") ? JSON : STRING;
    }
}
