package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.logging.EventLogger;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The listeners to changes of values. Thread-safe. */
final class Watches {
    private static final EventLogger LOG = EventLogger.of(Watches.class);

    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final Function<String, Optional<ConfigurationValue>> current;

    /**
     * @param current the value of a key as far as it is known
     */
    Watches(Function<String, Optional<ConfigurationValue>> current) {
        this.current = current;
    }

    Subscription add(String key, Consumer<ConfigurationValue> listener) {
        Watch watch = new Watch(key, listener);
        watches.add(watch);
        watch.look();
        return () -> {
            watches.remove(watch);
            watch.close();
        };
    }

    Set<String> keys() {
        return watches.stream().map(watch -> watch.key).collect(Collectors.toUnmodifiableSet());
    }

    /** Tells those who watch this key, if it changed. */
    void look(String key) {
        watches.stream().filter(watch -> watch.key.equals(key)).forEach(Watch::look);
    }

    /** Tells everybody whose key changed, if only because a value became too old. */
    void look() {
        watches.forEach(Watch::look);
    }

    private final class Watch {
        private final String key;
        private final Consumer<ConfigurationValue> listener;
        private final ReentrantLock telling = new ReentrantLock();
        private Optional<ConfigurationValue> reported = Optional.empty();
        private boolean closed;

        Watch(String key, Consumer<ConfigurationValue> listener) {
            this.key = key;
            this.listener = listener;
        }

        /** Looks under the lock, so that of two changes the later is reported last. */
        void look() {
            telling.lock();
            try {
                Optional<ConfigurationValue> now = current.apply(key);
                if (!closed && now.filter(value -> !isReported(value)).isPresent()) {
                    reported = now;
                    tell(now.get());
                }
            } finally {
                telling.unlock();
            }
        }

        void close() {
            telling.lock();
            try {
                closed = true;
            } finally {
                telling.unlock();
            }
        }

        private boolean isReported(ConfigurationValue value) {
            return reported.filter(value::saysTheSameAs).isPresent();
        }

        private void tell(ConfigurationValue value) {
            try {
                listener.accept(value);
            } catch (ConfigurationException e) {
                LOG.warn(
                        "configuration.value_unusable",
                        "key",
                        key,
                        "error",
                        String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("configuration.listener_failed", e, "key", key);
            }
        }
    }
}
