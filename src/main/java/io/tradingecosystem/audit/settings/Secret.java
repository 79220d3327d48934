package io.tradingecosystem.audit.settings;

import static java.util.Objects.requireNonNull;

/**
 * A text that nobody is to read who does not need it.
 *
 * @param value the text itself
 */
public record Secret(String value) {
    public Secret {
        requireNonNull(value, "value is null");
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return Secrets.MASK;
    }
}
