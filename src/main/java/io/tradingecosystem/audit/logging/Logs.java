package io.tradingecosystem.audit.logging;

import java.io.PrintStream;
import java.util.Map;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The logging of the process: one line per event, own ones from the configured level up, those of
 * libraries from warnings up ({@code trace} shows theirs too).
 */
public final class Logs {
    /** Held on to: a level set on a logger that nobody holds is lost with it. */
    private static final Logger OWN = Logger.getLogger("io.tradingecosystem.audit");

    private Logs() {}

    /** Lines for people. */
    public static Formatter text() {
        return new TextFormatter();
    }

    /**
     * A JSON object per line, for machines.
     *
     * @param about what every line carries, such as service and instance
     */
    public static Formatter json(Map<String, String> about) {
        return new JsonFormatter(about);
    }

    /**
     * Replaces whatever logging the process has.
     *
     * @param formatter how a line looks
     * @param level the least severe level that is written; lines of libraries below {@link
     *     Level#WARNING} only at {@link Level#FINER} and below
     * @param out where lines go
     */
    public static void configure(Formatter formatter, Level level, PrintStream out) {
        Logger root = LogManager.getLogManager().getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LineHandler(formatter, out));
        root.setLevel(level.intValue() <= Level.FINER.intValue() ? level : Level.WARNING);
        OWN.setLevel(level);
    }

    /** Writes each line in one piece; a print stream does not throw when nobody reads. */
    private static final class LineHandler extends Handler {
        private final PrintStream out;

        LineHandler(Formatter formatter, PrintStream out) {
            this.out = out;
            setFormatter(formatter);
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            if (!isLoggable(record)) {
                return;
            }
            try {
                out.print(getFormatter().format(record));
            } catch (RuntimeException e) {
                reportError("cannot format " + record.getMessage(), e, ErrorManager.FORMAT_FAILURE);
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
