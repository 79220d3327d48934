package io.tradingecosystem.audit.bench;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.IntSupplier;

/** What one of many quick calls costs: time of the processor, and allocation. */
final class CallCost {
    private static final int CALLS = 2_000_000;
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 15;

    private CallCost() {}

    /**
     * Measures and prints it.
     *
     * @return nanoseconds per call, the median of the rounds
     */
    static double of(String name, IntSupplier call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] nanos = new double[ROUNDS];
        long bytes = 0;
        long sum = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long started = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < CALLS; i++) {
                sum += call.getAsInt();
            }
            long taken = threads.getCurrentThreadCpuTime() - started;
            bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
            if (round >= 0) {
                nanos[round] = (double) taken / CALLS;
            }
        }
        Arrays.sort(nanos);
        double median = nanos[ROUNDS / 2];
        // The sum is shown so that no call can be left out.
        System.out.printf(
                "%-18s %6.1f ns  %4.0f B/call  (sum %d)%n",
                name, median, (double) bytes / CALLS, sum);
        return median;
    }
}
