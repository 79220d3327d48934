package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.settings.StoreSettings;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A log that is being opened on a thread of its own, while what is to watch it is built. For one
 * thread.
 */
public final class StoreOpening implements AutoCloseable {
    private final StoreSettings settings;
    private final Time time;
    private final long started;
    private final FutureTask<Database> database;
    private boolean completed;

    private StoreOpening(StoreSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
        this.started = time.tick();
        this.database = new FutureTask<>(() -> Database.open(settings));
    }

    /**
     * Begins to open the log, or to make an empty one where there is none.
     *
     * @param time its clock gives recorded_at
     */
    public static StoreOpening begin(StoreSettings settings, Time time) {
        StoreOpening opening = new StoreOpening(settings, time);
        // Most of it is native, which would hold the carrier of a virtual thread.
        Thread.ofPlatform().daemon().name("store-opening").start(opening.database);
        return opening;
    }

    /**
     * Waits for the log and puts it to work. To be called once.
     *
     * @param observer hears what the log does
     * @throws StoreException if there is something that cannot be opened: it is damaged, newer than
     *     this program, or in use; or the directory cannot be made
     */
    public EventStore complete(StoreObserver observer) {
        Database opened = await();
        completed = true;
        return EventStore.start(settings, opened, opened::write, observer, time, started);
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
