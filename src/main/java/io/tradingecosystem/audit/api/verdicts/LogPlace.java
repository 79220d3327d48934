package io.tradingecosystem.audit.api.verdicts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a log: {@code 5f0c91d2a7be-42}.
 *
 * @param log the log's id
 * @param position of an event; 0 before the first
 */
record LogPlace(String log, long position) {
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,32})-(\\d{1,18})");

    /** Reads what {@link #toString} gives; empty if it is none. */
    static Optional<LogPlace> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new LogPlace(parts.group(1), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return log + "-" + position;
    }
}
