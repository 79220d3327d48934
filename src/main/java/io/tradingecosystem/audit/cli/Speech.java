package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.app.LogWiring;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.settings.InvalidSettingsException;
import io.tradingecosystem.audit.settings.LoggingSettings;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the service says beside its log: text for people, or events of the log where that is JSON,
 * so that every line is. Thread-safe.
 */
final class Speech {
    private static final EventLogger LOG = EventLogger.of(Speech.class);

    private final boolean json;
    private final PrintStream out;
    private final PrintStream err;

    private Speech(LoggingSettings settings, PrintStream out, PrintStream err) {
        this.json = settings.isJson();
        this.out = out;
        this.err = err;
    }

    /**
     * Sets up the log, and what else is said.
     *
     * @param about what every line in JSON carries
     */
    static Speech configure(
            LoggingSettings settings, Map<String, String> about, PrintStream out, PrintStream err) {
        LogWiring.configure(settings, about, out);
        Speech speech = new Speech(settings, out, err);
        if (speech.json) {
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, failure) ->
                            LOG.error("thread.failed", failure, "thread", thread.getName()));
        }
        return speech;
    }

    /** Says all that is wrong with settings. */
    static void complain(InvalidSettingsException invalid, PrintStream out, PrintStream err) {
        if (invalid.isJson()) {
            LogWiring.configure(
                    new LoggingSettings(LoggingSettings.Format.JSON, LoggingSettings.Level.INFO),
                    Map.of(),
                    out);
            invalid.problems().forEach(problem -> LOG.error("settings.invalid", "reason", problem));
        } else {
            err.println(invalid.getMessage());
        }
    }

    /** Says what is about to happen, which takes its time with a large log. */
    void begin(Identity identity, Path log) {
        if (json) {
            LOG.info("service.starting", "log", log);
        } else {
            out.println(
                    "%s %s starts, with the log in %s"
                            .formatted(
                                    identity.service(),
                                    identity.build(),
                                    log.toAbsolutePath().normalize()));
        }
    }

    /** Says that the service is ready, and where. */
    void greet(AuditCorrelator correlator) {
        if (json) {
            Greeting.log(correlator);
        } else {
            out.print(Greeting.of(correlator));
        }
    }

    /** Says why the service ends. */
    void complain(String reason) {
        if (json) {
            LOG.error("service.failed", "reason", reason);
        } else {
            err.println("audit-correlator: " + reason);
        }
    }
}
