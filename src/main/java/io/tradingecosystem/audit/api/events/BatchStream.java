package io.tradingecosystem.audit.api.events;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.access.Caller;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.server.grpc.PacedCall;
import io.tradingecosystem.audit.v1.StreamEventsRequest;
import io.tradingecosystem.audit.v1.StreamEventsResponse;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A caller's stream of batches. The call's thread puts them into a queue, a thread of ours takes
 * what is there, appends it at once, acknowledges each batch. The next message is asked for while
 * the queue is short, so a caller that sends without end, or never reads an acknowledgement, is
 * held up by flow control and costs one short queue.
 */
final class BatchStream implements StreamObserver<StreamEventsRequest>, Runnable {
    private static final int MAX_QUEUE_LENGTH = 16;
    private static final int MAX_BYTES = 1 << 20;
    private static final Duration PULSE = Duration.ofSeconds(1);

    private final Intake intake;
    private final ServerCallStreamObserver<StreamEventsResponse> call;
    private final PacedCall<StreamEventsResponse> answers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<StreamEventsRequest> queue = new ArrayDeque<>();
    private int bytes;
    private boolean asked;
    private boolean complete;
    private boolean broken;

    private BatchStream(
            Intake intake,
            ServerCallStreamObserver<StreamEventsResponse> call,
            BooleanSupplier ended) {
        this.intake = intake;
        this.call = call;
        this.answers = new PacedCall<>(call, ended);
    }

    static BatchStream start(
            Intake intake,
            ServerCallStreamObserver<StreamEventsResponse> call,
            BooleanSupplier ended) {
        BatchStream stream = new BatchStream(intake, call, ended);
        call.disableAutoRequest();
        stream.askForMore();
        Optional<Caller> caller = Caller.current();
        Thread.ofVirtual().name("batch-stream").start(() -> Caller.run(caller, stream));
        return stream;
    }

    @Override
    public void onNext(StreamEventsRequest batch) {
        lock.lock();
        try {
            asked = false;
            queue.add(batch);
            bytes += batch.getSerializedSize();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        askForMore();
    }

    @Override
    public void onError(Throwable failure) {
        lock.lock();
        try {
            broken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onCompleted() {
        lock.lock();
        try {
            complete = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void askForMore() {
        lock.lock();
        try {
            if (asked || queue.size() >= MAX_QUEUE_LENGTH || bytes >= MAX_BYTES) {
                return;
            }
            asked = true;
        } finally {
            lock.unlock();
        }
        call.request(1);
    }

    @Override
    public void run() {
        try {
            List<StreamEventsRequest> due = due();
            while (!due.isEmpty() && store(due)) {
                due = due();
            }
            if (isComplete()) {
                answers.complete();
            } else {
                answers.leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answers.leave();
        } catch (RuntimeException e) {
            answers.fail(e);
        }
    }

    /** What is there, as much as fits one batch of ours; empty when there is nothing more. */
    private List<StreamEventsRequest> due() throws InterruptedException {
        List<StreamEventsRequest> due = new ArrayList<>();
        lock.lock();
        try {
            while (queue.isEmpty() && !complete && !broken && !answers.isOver()) {
                changed.awaitNanos(PULSE.toNanos());
            }
            int events = 0;
            while (!queue.isEmpty()) {
                StreamEventsRequest next = queue.getFirst();
                events += next.getEventsCount();
                if (!due.isEmpty() && events > intake.maxBatch()) {
                    break;
                }
                due.add(queue.removeFirst());
                bytes -= next.getSerializedSize();
            }
        } finally {
            lock.unlock();
        }
        return due;
    }

    /** Returns false if there is nobody to tell any more. */
    private boolean store(List<StreamEventsRequest> batches) throws InterruptedException {
        List<Candidate> candidates = new ArrayList<>();
        long size = 0;
        for (StreamEventsRequest batch : batches) {
            candidates.addAll(EventMessages.candidates(batch.getEventsList()));
            size += batch.getSerializedSize();
        }
        List<Receipt> receipts = intake.take(Door.GRPC, candidates, size, intake.patience());
        int from = 0;
        for (StreamEventsRequest batch : batches) {
            StreamEventsResponse.Builder answer =
                    StreamEventsResponse.newBuilder().setBatch(batch.getBatch());
            int to = from + batch.getEventsCount();
            for (Receipt receipt : receipts.subList(from, to)) {
                answer.addResults(EventMessages.result(receipt));
            }
            from = to;
            if (!answers.send(answer.build())) {
                return false;
            }
            // Only now: who does not read acknowledgements is not read from either.
            askForMore();
        }
        return true;
    }

    private boolean isComplete() {
        lock.lock();
        try {
            return complete && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
