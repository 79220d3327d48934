package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.settings.StoreSettings;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;

/**
 * A log that is being opened on a thread of its own, while what is to watch it is built. For one
 * thread.
 */
public final class StoreOpening implements AutoCloseable {
    private final StoreSettings settings;
    private final LongSupplier ticker;
    private final long started;
    private final FutureTask<Database> database;
    private boolean completed;

    private StoreOpening(StoreSettings settings, LongSupplier ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.started = ticker.getAsLong();
        this.database = new FutureTask<>(() -> Database.open(settings));
    }

    /**
     * Begins to open the log, or to make an empty one where there is none.
     *
     * @param ticker monotonic time in nanoseconds
     */
    public static StoreOpening begin(StoreSettings settings, LongSupplier ticker) {
        StoreOpening opening = new StoreOpening(settings, ticker);
        // Most of it is native, which would hold the carrier of a virtual thread.
        Thread.ofPlatform().daemon().name("store-opening").start(opening.database);
        return opening;
    }

    /**
     * Waits for the log and puts it to work. To be called once.
     *
     * @param observer hears what the log does
     * @param clock gives recorded_at
     * @throws StoreException if there is something that cannot be opened: it is damaged, newer than
     *     this program, or in use; or the directory cannot be made
     */
    public EventStore complete(StoreObserver observer, InstantSource clock) {
        Database opened = await();
        completed = true;
        return EventStore.start(settings, opened, opened::write, observer, clock, ticker, started);
    }

    /** Closes what was opened for nothing. */
    @Override
    public void close() {
        if (!completed) {
            opened().ifPresent(Database::close);
        }
    }

    private Optional<Database> opened() {
        try {
            return Optional.of(await());
        } catch (StoreException e) {
            // Then there is nothing to close; whoever asked for the log says why.
            return Optional.empty();
        }
    }

    private Database await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return database.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof StoreException known) {
                        throw known;
                    }
                    throw new CompletionException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
