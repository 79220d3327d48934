package io.tradingecosystem.audit.settings;

/**
 * How log lines look and which are written.
 *
 * @param format text for people, JSON for machines
 * @param level the least severe level that is written
 */
public record LoggingSettings(Format format, Level level) {

    /** Whether every line is JSON. */
    public boolean isJson() {
        return format == Format.JSON;
    }

    static LoggingSettings from(Section section) {
        return new LoggingSettings(
                section.choice("format", Format.TEXT), section.choice("level", Level.INFO));
    }

    /** The form of a log line. */
    public enum Format {
        TEXT,
        JSON
    }

    /** Severities, least severe first. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
