package io.tradingecosystem.audit.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Log lines that are events: a name such as {@code registry.lost} and fields. Fields are given as
 * alternating names and values: {@code log.info("registry.lost", "redis", uri, "retry_in", delay)}.
 * Thread-safe.
 */
public final class EventLogger {
    private final Logger logger;

    private EventLogger(Logger logger) {
        this.logger = logger;
    }

    /** The logger of a class. */
    public static EventLogger of(Class<?> owner) {
        return new EventLogger(Logger.getLogger(owner.getName()));
    }

    public void debug(String event, Object... fields) {
        log(Level.FINE, event, fields);
    }

    public void info(String event, Object... fields) {
        log(Level.INFO, event, fields);
    }

    public void warn(String event, Object... fields) {
        log(Level.WARNING, event, fields);
    }

    /** A failure whose fields tell why. */
    public void error(String event, Object... fields) {
        log(Level.SEVERE, event, fields);
    }

    /** A failure with the throwable that tells why; its stack trace is written too. */
    public void error(String event, Throwable cause, Object... fields) {
        if (logger.isLoggable(Level.SEVERE)) {
            LogRecord record = record(Level.SEVERE, event, fields);
            record.setThrown(cause);
            logger.log(record);
        }
    }

    private void log(Level level, String event, Object... fields) {
        if (logger.isLoggable(level)) {
            logger.log(record(level, event, fields));
        }
    }

    private LogRecord record(Level level, String event, Object... fields) {
        LogRecord record = new LogRecord(level, event);
        record.setLoggerName(logger.getName());
        // Without a source class the record would walk the stack to find one.
        record.setSourceClassName(logger.getName());
        record.setParameters(new Object[] {Fields.of(fields)});
        return record;
    }

    /**
     * The fields of one line, in order.
     *
     * @param values names and values
     */
    record Fields(Map<String, Object> values) {
        static Fields of(Object... alternating) {
            if (alternating.length % 2 != 0) {
                throw new IllegalArgumentException("fields come as name and value");
            }
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < alternating.length; i += 2) {
                values.put(alternating[i].toString(), alternating[i + 1]);
            }
            return new Fields(values);
        }
    }
}
