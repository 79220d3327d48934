package io.tradingecosystem.audit.event;

import java.util.Locale;
import java.util.Optional;

/** How grave an event is, least grave first. */
public enum Severity {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as it is written in JSON. */
    public String word() {
        return word;
    }

    /** Reads a severity in any case, by our word for it or the words of common loggers. */
    public static Optional<Severity> parse(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "DEBUG", "TRACE", "FINE" -> Optional.of(DEBUG);
            case "INFO", "INFORMATION", "INFORMATIONAL", "NOTICE", "LOW" -> Optional.of(INFO);
            case "WARNING", "WARN", "MEDIUM" -> Optional.of(WARNING);
            case "ERROR", "ERR", "SEVERE", "HIGH" -> Optional.of(ERROR);
            case "CRITICAL", "CRIT", "FATAL", "ALERT", "EMERGENCY", "PANIC" ->
                    Optional.of(CRITICAL);
            default -> Optional.empty();
        };
    }
}
