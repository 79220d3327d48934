package io.tradingecosystem.audit.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Several senders that share out numbered work, a batch at a time. */
final class Senders {
    private static final int COUNT = 4;

    private Senders() {}

    /**
     * Sends as fast as it goes, and returns when all was sent.
     *
     * @param count how much there is to send
     * @param together how much is sent at a time
     * @param send gets the number of the first of a batch
     */
    static void flatOut(int count, int together, IntConsumer send) throws InterruptedException {
        run(count, together, Double.POSITIVE_INFINITY, send);
    }

    /**
     * Sends at a pace; what is late is sent at once.
     *
     * @param rate how many a second
     */
    static void paced(int count, int together, double rate, IntConsumer send)
            throws InterruptedException {
        run(count, together, rate, send);
    }

    private static void run(int count, int together, double rate, IntConsumer send)
            throws InterruptedException {
        long started = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> senders = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            senders.add(
                    () -> {
                        int from = next.getAndAdd(together);
                        while (from < count) {
                            awaitTick(started + Math.round(from * 1e9 / rate));
                            send.accept(from);
                            from = next.getAndAdd(together);
                        }
                        return null;
                    });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> sender : threads.invokeAll(senders)) {
                sender.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sender failed", e.getCause());
        }
    }

    private static void awaitTick(long due) {
        while (System.nanoTime() < due) {
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }
}
