package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.logging.Logs;
import io.tradingecosystem.audit.settings.LoggingSettings;

import java.io.PrintStream;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;

/** Logs as the settings say. */
public final class LogWiring {
    private LogWiring() {}

    /**
     * Replaces whatever logging the process has.
     *
     * @param about what every line in JSON carries, such as service and instance
     */
    public static void configure(
            LoggingSettings settings, Map<String, String> about, PrintStream out) {
        Logs.configure(formatter(settings.format(), about), level(settings.level()), out);
    }

    private static Formatter formatter(LoggingSettings.Format format, Map<String, String> about) {
        return switch (format) {
            case TEXT -> Logs.text();
            case JSON -> Logs.json(about);
        };
    }

    private static Level level(LoggingSettings.Level level) {
        return switch (level) {
            case TRACE -> Level.FINER;
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARN -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }
}
