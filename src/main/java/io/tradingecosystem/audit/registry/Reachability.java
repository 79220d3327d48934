package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether Redis serves us. Says once when it is lost and once when it is back, however many tasks
 * notice. Thread-safe.
 */
final class Reachability {
    private static final EventLogger LOG = EventLogger.of(Reachability.class);

    private final RedisAddress redis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Task> failing = EnumSet.noneOf(Task.class);
    private final Set<String> wrongServers = new HashSet<>();
    private RegistryStatistics.State state = RegistryStatistics.State.ALONE;
    private Optional<String> lastError = Optional.empty();

    Reachability(RedisAddress redis) {
        this.redis = redis;
    }

    void succeeded(Task task) {
        lock.lock();
        try {
            failing.remove(task);
            if (!failing.isEmpty()) {
                state = RegistryStatistics.State.LOST;
                return;
            }
            if (state == RegistryStatistics.State.CONNECTED) {
                return;
            }
            boolean first = state == RegistryStatistics.State.ALONE;
            state = RegistryStatistics.State.CONNECTED;
            lastError = Optional.empty();
            wrongServers.clear();
            LOG.info(first ? "registry.connected" : "registry.back", "redis", redis);
        } finally {
            lock.unlock();
        }
    }

    void failed(Task task, String reason) {
        lock.lock();
        try {
            boolean unsaid = lastError.isEmpty();
            boolean otherServer =
                    WrongServer.meaning(reason).isPresent() && wrongServers.add(reason);
            failing.add(task);
            lastError = Optional.of(reason);
            if (state == RegistryStatistics.State.CONNECTED) {
                state = RegistryStatistics.State.LOST;
                LOG.warn("registry.lost", "redis", redis, "task", task.inWords, "error", reason);
            } else if (unsaid) {
                LOG.info(
                        "registry.alone",
                        "redis",
                        redis,
                        "error",
                        reason,
                        "meaning",
                        "serving without a registry and looking for it again");
            } else if (otherServer) {
                LOG.warn("registry.wrong_server", "redis", redis, "error", reason);
            }
        } finally {
            lock.unlock();
        }
    }

    RegistryStatistics.State state() {
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

    /** What we need Redis for. */
    enum Task {
        HEARTBEAT("announcing ourselves"),
        REFRESH("reading the others");

        private final String inWords;

        Task(String inWords) {
            this.inWords = inWords;
        }
    }
}
