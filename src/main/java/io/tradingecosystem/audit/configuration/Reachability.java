package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.configuration.ConfigurationStatistics.State;
import io.tradingecosystem.audit.logging.EventLogger;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the service answers. Says once when it does not and once when it does again, however many
 * loads notice. Thread-safe.
 */
final class Reachability {
    private static final EventLogger LOG = EventLogger.of(Reachability.class);

    private final String service;
    private final ReentrantLock lock = new ReentrantLock();
    private State state;
    private Optional<String> lastError = Optional.empty();

    /**
     * @param service where it is, in words
     */
    Reachability(String service, State state) {
        this.service = service;
        this.state = state;
    }

    void answered() {
        lock.lock();
        try {
            if (state == State.CONNECTED) {
                return;
            }
            LOG.info(
                    state == State.ALONE ? "configuration.connected" : "configuration.back",
                    "service",
                    service);
            state = State.CONNECTED;
            lastError = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void failed(Failure failure) {
        lock.lock();
        try {
            if (state == State.CONNECTED) {
                LOG.warn(
                        "configuration.lost",
                        "service",
                        service,
                        "error",
                        failure,
                        "meaning",
                        "the last values serve on, marked stale");
                state = State.LOST;
            } else if (lastError.isEmpty()) {
                LOG.info(
                        "configuration.alone",
                        "service",
                        service,
                        "error",
                        failure,
                        "meaning",
                        "values are those of the last run, else the defaults; looking for it"
                                + " again");
            }
            if (failure.kind() != Failure.Kind.BREAKER_OPEN || lastError.isEmpty()) {
                lastError = Optional.of(failure.toString());
            }
        } finally {
            lock.unlock();
        }
    }

    State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    Optional<String> lastError() {
        lock.lock();
        try {
            return lastError;
        } finally {
            lock.unlock();
        }
    }
}
