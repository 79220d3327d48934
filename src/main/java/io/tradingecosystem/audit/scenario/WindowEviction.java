package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.VerdictTimers.Timer;

import java.util.Optional;

/**
 * Closes windows before their time: of more than may be open, those that are due first. For the one
 * thread that judges.
 */
final class WindowEviction {
    private final VerdictStoreWriter writer;

    WindowEviction(VerdictStoreWriter writer) {
        this.writer = writer;
    }

    /** Closes as many as are open beyond a bound. */
    void evict(long maxOpen) {
        while (writer.counters().unfinished > maxOpen) {
            Optional<Window> first =
                    writer.timers().near().map(Timer::verdictId).flatMap(writer::window);
            if (first.isEmpty()) {
                return;
            }
            close(first.get(), maxOpen);
        }
    }

    private void close(Window window, long maxOpen) {
        writer.counters().closedEarly++;
        var verdict = Amendment.closed(writer.verdict(window), maxOpen);
        writer.replace(window, window.judged(verdict, false, Optional.empty()));
    }
}
