package io.tradingecosystem.audit.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * What a record says, whoever wrote it: an event of the service, or a library's sentence, which
 * becomes the event {@code library} with the sentence as a field.
 *
 * @param event the event's name
 * @param fields in the order of writing
 * @param failure the stack trace, if there is one
 */
record LogLine(String event, Map<String, Object> fields, Optional<String> failure) {

    static LogLine of(LogRecord record) {
        Optional<String> failure = Optional.ofNullable(record.getThrown()).map(LogLine::trace);
        Object[] parameters = record.getParameters();
        if (parameters != null
                && parameters.length == 1
                && parameters[0] instanceof EventLogger.Fields fields) {
            return new LogLine(record.getMessage(), fields.values(), failure);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("logger", String.valueOf(record.getLoggerName()));
        fields.put("message", sentence(record, parameters));
        return new LogLine("library", fields, failure);
    }

    /** A field's value as text: durations as people write them, exceptions without their trace. */
    static String text(Object value) {
        return value instanceof Duration duration ? shortly(duration) : String.valueOf(value);
    }

    private static String shortly(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(10)) >= 0) {
            return duration.toSeconds() + "s";
        }
        return duration.compareTo(Duration.ofMillis(1)) >= 0
                ? duration.toMillis() + "ms"
                : duration.toNanos() / 1_000 + "us";
    }

    private static String sentence(LogRecord record, Object[] parameters) {
        String message = String.valueOf(record.getMessage());
        if (parameters == null || parameters.length == 0) {
            return message;
        }
        try {
            return MessageFormat.format(message, parameters);
        } catch (IllegalArgumentException e) {
            // Not a format after all.
            return message;
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }

    /** The word for a level, the same in both forms. */
    static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        } else if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        } else if (level.intValue() >= Level.INFO.intValue()) {
            return "info";
        } else {
            return level.intValue() >= Level.FINE.intValue() ? "debug" : "trace";
        }
    }
}
