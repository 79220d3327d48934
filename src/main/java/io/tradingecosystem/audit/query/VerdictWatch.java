package io.tradingecosystem.audit.query;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.tradingecosystem.audit.scenario.Scenarios;
import io.tradingecosystem.audit.scenario.VerdictShelf.Made;
import io.tradingecosystem.audit.v1.WatchVerdictsResponse;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Sends verdicts to one caller, no faster than it reads. */
final class VerdictWatch implements Runnable {
    private static final Duration PULSE = Duration.ofSeconds(1);
    private static final int BATCH = 100;

    private final Scenarios scenarios;
    private final ServerCallStreamObserver<WatchVerdictsResponse> call;
    private final BooleanSupplier ended;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long after;

    /** Made on the thread of the call, as its handlers must be set there. */
    VerdictWatch(
            Scenarios scenarios,
            ServerCallStreamObserver<WatchVerdictsResponse> call,
            long after,
            BooleanSupplier ended) {
        this.scenarios = scenarios;
        this.call = call;
        this.after = after;
        this.ended = ended;
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(this::wake);
    }

    @Override
    public void run() {
        try {
            while (!ended.getAsBoolean() && !call.isCancelled()) {
                step();
            }
            if (!call.isCancelled()) {
                call.onError(
                        Status.UNAVAILABLE
                                .withDescription("the service is going away; watch another")
                                .asException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!call.isCancelled()) {
                call.onError(e);
            }
        }
    }

    private void step() throws InterruptedException {
        List<Made> made = scenarios.verdicts().madeAfter(after, BATCH);
        for (Made each : made) {
            awaitReady();
            if (call.isCancelled() || ended.getAsBoolean()) {
                return;
            }
            call.onNext(
                    WatchVerdictsResponse.newBuilder()
                            .setSequence(each.sequence())
                            .setVerdict(VerdictProto.message(each.verdict()))
                            .build());
            after = each.sequence();
        }
        if (made.isEmpty()) {
            scenarios.await(after, PULSE);
        }
    }

    private void awaitReady() throws InterruptedException {
        lock.lock();
        try {
            while (!call.isReady() && !call.isCancelled() && !ended.getAsBoolean()) {
                // Wakes up in between to see whether the service ends.
                changed.awaitNanos(PULSE.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
