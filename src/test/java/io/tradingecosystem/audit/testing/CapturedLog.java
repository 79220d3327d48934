package io.tradingecosystem.audit.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log lines of some packages while open, each as {@code event fields}. Thread-safe. */
public final class CapturedLog implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    lines.add(record.getMessage() + " " + Arrays.toString(record.getParameters()));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private CapturedLog(Logger logger) {
        this.logger = logger;
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    /** Starts to capture what the classes of a package, and below, log. */
    public static CapturedLog of(Package captured) {
        return new CapturedLog(Logger.getLogger(captured.getName()));
    }

    /** The lines of one event so far. */
    public List<String> lines(String event) {
        return lines.stream().filter(line -> line.startsWith(event + " ")).toList();
    }

    /** All lines so far. */
    public List<String> lines() {
        return new ArrayList<>(lines);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
