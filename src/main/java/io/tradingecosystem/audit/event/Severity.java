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

    /** The severity of OpenTelemetry's log data model with a number, 1 to 24; empty for others. */
    public static Optional<Severity> ofNumber(int number) {
        if (number < 1 || number > 24) {
            return Optional.empty();
        }
        return Optional.of(
                switch ((number - 1) / 4) {
                    case 0, 1 -> DEBUG;
                    case 2 -> INFO;
                    case 3 -> WARNING;
                    case 4 -> ERROR;
                    default -> CRITICAL;
                });
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
