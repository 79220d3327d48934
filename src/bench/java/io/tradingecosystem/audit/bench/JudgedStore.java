package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.app.VerdictWiring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A durable log in a folder of its own, with somebody who judges or without. Every setting is as
 * shipped, but for the bound of verdicts, which is as large as it may be, and for the system
 * properties that begin with {@code store.} or {@code scenario.}. Thread-safe.
 */
final class JudgedStore implements AutoCloseable {
    private static final Duration HISTORY = Duration.ofHours(1);
    private static final long LOOK = 200_000;

    private final Path folder;
    private final AtomicReference<InstantSource> clock;
    private final Settings settings;
    private final Decisions decisions = new Decisions();
    private final EventStore store;
    private final VerdictService verdicts;

    private JudgedStore(Path folder, InstantSource clock) {
        this.folder = folder;
        // Expectations are in force from some time on, and nothing here is to lie before that.
        Instant before = clock.instant().minus(HISTORY);
        this.clock = new AtomicReference<>(InstantSource.fixed(before));
        this.settings = settings(folder);
        Time time = new Time(() -> this.clock.get().instant(), System::nanoTime);
        this.store = EventStore.open(settings.store(), StoreObserver.NONE, time);
        this.verdicts =
                VerdictService.create(
                        store.store(), VerdictWiring.setup(settings), decisions, time);
    }

    /** A log that nobody judges. */
    static JudgedStore silent() throws IOException {
        JudgedStore store = new JudgedStore(folder(""), InstantSource.system());
        store.clock(InstantSource.system());
        return store;
    }

    /** A log that is judged by some expectations, in force when this returns. */
    static JudgedStore judging(String expectations) throws IOException {
        return judging(expectations, InstantSource.system());
    }

    /** The same by another clock. */
    static JudgedStore judging(String expectations, InstantSource clock) throws IOException {
        JudgedStore store = new JudgedStore(folder(expectations), clock);
        store.verdicts.start();
        store.clock(clock);
        return store;
    }

    private static Path folder(String expectations) throws IOException {
        Path folder = Files.createTempDirectory("judged");
        Path definitions = Files.createDirectory(folder.resolve("expectations"));
        Files.writeString(definitions.resolve("all.yaml"), expectations);
        return folder;
    }

    private static Settings settings(Path folder) {
        Properties properties = new Properties();
        properties.setProperty("scenario.max-verdicts", "10000000");
        System.getProperties()
                .forEach(
                        (name, value) -> {
                            if (name.toString().matches("(store|scenario)\\..+")) {
                                properties.put(name, value);
                            }
                        });
        properties.setProperty("store.path", folder.resolve("log").toString());
        properties.setProperty("scenario.expectations", folder.resolve("expectations").toString());
        return Settings.load(Optional.empty(), Map.of(), properties).settings();
    }

    /** What time it is from now on. */
    void clock(InstantSource source) {
        clock.set(source);
    }

    /** Appends; returns when it is on disk. */
    void append(List<AuditEvent> batch) {
        store.log().append(batch);
    }

    /** Who judges. */
    VerdictService verdicts() {
        return verdicts;
    }

    /** What was decided. */
    Decisions decisions() {
        return decisions;
    }

    /**
     * Waits until all is taken in, verdicts included; false if that takes too long.
     *
     * @throws IllegalStateException if events were left out: what was measured is worth nothing
     */
    boolean caughtUp(Duration patience) {
        return await(
                () -> verdicts.statistics().position(), () -> store.log().lastPosition(), patience);
    }

    /** Waits until so many triggers have a verdict and all is taken in. */
    boolean decided(int triggers, Duration patience) {
        return await(decisions::decided, () -> triggers, patience) && caughtUp(patience);
    }

    private boolean await(LongSupplier reached, LongSupplier goal, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (reached.getAsLong() < goal.getAsLong()) {
            long skipped = verdicts.statistics().skipped();
            if (skipped > 0) {
                throw new IllegalStateException(skipped + " events could not be judged");
            }
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK);
        }
        return true;
    }

    /** Ends it, and deletes what it wrote. */
    @Override
    public void close() {
        verdicts.close();
        store.close();
        Folders.delete(folder);
    }
}
