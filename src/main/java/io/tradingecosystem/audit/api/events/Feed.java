package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.access.Caller;
import io.tradingecosystem.audit.access.LimitExceededException;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.server.connection.BodyMemory;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stores what a thread reads from a body of any length. While one batch is on its way to the disk
 * the next one is read, and whatever has been read by then is the next batch: a slow sender's lines
 * are stored one by one, a fast one's by the hundreds. What waits is bounded, by itself and by the
 * memory for all bodies; the reader is made to wait, and with it, by TCP, the sender.
 */
final class Feed {
    private static final int MAX_WAITING = 1_024;
    private static final long MAX_BYTES = 1 << 20;

    private final Intake intake;
    private final Results results;
    private final BodyMemory memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Item> waiting = new ArrayList<>();
    private long bytes;
    private long held;
    private boolean finished;
    private boolean stored;
    private Optional<RuntimeException> failure = Optional.empty();

    Feed(Intake intake, Results results, BodyMemory memory) {
        this.intake = intake;
        this.results = results;
        this.memory = memory;
        Optional<Caller> caller = Caller.current();
        Thread.ofVirtual().name("event-feed").start(() -> Caller.run(caller, this::store));
    }

    /** What was read, on which line it stood, and how many bytes it was. */
    private record Item(Candidate candidate, long line, int size) {
        long memory() {
            return (long) BodyMemory.COPIES * size;
        }
    }

    /**
     * Hands an item over, when there is room.
     *
     * @throws CutShortException if the log failed for an item before this one
     */
    void put(Candidate candidate, long line, int size) throws InterruptedException {
        Item item = new Item(candidate, line, size);
        lock.lock();
        try {
            while (failure.isEmpty() && (isFull() || !enters(item))) {
                changed.await();
            }
            throwFailure();
            waiting.add(item);
            bytes += size;
            if (waiting.size() == 1) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return waiting.size() >= Math.min(MAX_WAITING, intake.maxBatch()) || bytes >= MAX_BYTES;
    }

    private boolean enters(Item item) {
        if (held > 0 && !memory.offer(item.memory())) {
            return false;
        }
        if (held == 0) {
            // With nothing of ours on its way, nothing would end the wait for room.
            memory.add(item.memory());
        }
        held += item.memory();
        return true;
    }

    private void leave(List<Item> items) {
        long left = items.stream().mapToLong(Item::memory).sum();
        memory.add(-left);
        lock.lock();
        try {
            held -= left;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything is stored; from then on the results are complete. */
    void finish() throws InterruptedException {
        end();
        lock.lock();
        try {
            while (!stored && failure.isEmpty()) {
                changed.await();
            }
            throwFailure();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing more comes; what waits is still stored. */
    void end() {
        lock.lock();
        try {
            finished = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void store() {
        try {
            List<Item> due = due();
            while (!due.isEmpty()) {
                List<Candidate> candidates = new ArrayList<>(due.size());
                due.forEach(item -> candidates.add(item.candidate()));
                long size = due.stream().mapToLong(Item::size).sum();
                List<Receipt> receipts =
                        intake.take(Door.HTTP, candidates, size, intake.patience());
                for (int i = 0; i < receipts.size(); i++) {
                    results.add(due.get(i).line(), receipts.get(i));
                }
                leave(due);
                due = due();
            }
            stop(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(Optional.of(new IllegalStateException(e)));
        } catch (LogBusyException | LogUnavailableException | LimitExceededException e) {
            stop(Optional.of(new CutShortException(results, e)));
        } catch (RuntimeException e) {
            stop(Optional.of(e));
        }
    }

    private List<Item> due() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !finished) {
                changed.await();
            }
            List<Item> due = waiting;
            waiting = new ArrayList<>();
            bytes = 0;
            changed.signalAll();
            return due;
        } finally {
            lock.unlock();
        }
    }

    private void stop(Optional<RuntimeException> with) {
        lock.lock();
        try {
            failure = with;
            stored = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
