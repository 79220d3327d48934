package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Brings what the service says into memory: at most one load of a key at a time, each on a virtual
 * thread of its own. Thread-safe.
 */
final class Loader implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(Loader.class);

    private final ValueSource source;
    private final Reachability reachability;
    private final Tally tally;
    private final Snapshots snapshots;
    private final ConfigurationObserver observer;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("configuration-load-", 0).factory());
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Loader(
            Numbers numbers,
            ConfigurationObserver observer,
            InstantSource clock,
            LongSupplier ticker) {
        this.source = numbers.source();
        this.reachability = numbers.reachability();
        this.tally = numbers.tally();
        this.snapshots = numbers.snapshots();
        this.observer = observer;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Loads a key if that is wanted and not under way; failures become part of what is known. */
    InFlightLoad load(CacheEntry entry, Predicate<CachedValue> wanted) {
        return entry.load(
                wanted,
                before -> ask(entry.key(), before),
                snapshots::touch,
                load ->
                        threads.execute(
                                () -> {
                                    load.run();
                                    tellIfKnown(entry);
                                }));
    }

    /** Calls a listener with each key of which the service said something, once it is known. */
    void onLoad(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        source.close();
        threads.shutdownNow();
    }

    private CachedValue ask(String key, CachedValue before) {
        long started = ticker.getAsLong();
        Answer answer = answer(key);
        long ended = ticker.getAsLong();
        Optional<Failure> failure =
                answer instanceof Answer.Failed failed
                        ? Optional.of(failed.failure())
                        : Optional.empty();
        observer.loaded(Duration.ofNanos(ended - started), failure.isEmpty());
        if (closed) {
            return before;
        }
        if (failure.isPresent()) {
            tally.failed();
            tell(key, before, failure.get());
        } else {
            tally.loaded(ended);
            reachability.answered();
        }
        return before.after(key, answer, ended, clock.instant());
    }

    private void tellIfKnown(CacheEntry entry) {
        if (!closed && entry.cached().failed().isEmpty()) {
            listeners.forEach(listener -> listener.accept(entry.key()));
        }
    }

    private Answer answer(String key) {
        try {
            return source.ask(key);
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.error("configuration.load_failed", e, "key", key);
            }
            return new Answer.Failed(new Failure(Failure.Kind.UNREADABLE, e.toString()));
        }
    }

    private void tell(String key, CachedValue before, Failure failure) {
        if (failure.kind() == Failure.Kind.OVERLOADED) {
            LOG.debug("configuration.overloaded", "key", key);
        } else if (failure.concernsTheService()) {
            reachability.failed(failure);
        } else {
            reachability.answered();
            boolean said =
                    before.failed().filter(last -> last.failure().equals(failure)).isPresent();
            if (!said) {
                LOG.warn("configuration.unusable_answer", "key", key, "error", failure);
            }
        }
    }
}
