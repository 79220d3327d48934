package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.logging.EventLogger;

import java.util.ArrayDeque;
import java.util.Deque;

/** The running parts of the service, closed in reverse order of their start; each gets its turn. */
final class Parts implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(Parts.class);

    private final Deque<Part> running = new ArrayDeque<>();

    /** Remembers a part that has started, to close it at the end. */
    <T extends AutoCloseable> T add(String name, T part) {
        running.push(new Part(name, part));
        return part;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            Part part = running.pop();
            try {
                part.closeable().close();
            } catch (Exception | LinkageError e) {
                // A class cannot be loaded where no file can be opened; the others still close.
                LOG.error("part.close.failed", e, "part", part.name());
            }
        }
    }

    private record Part(String name, AutoCloseable closeable) {}
}
