package io.tradingecosystem.audit.server.grpc;

import com.google.protobuf.StringValue;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.testing.RawHttp2;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A service that does what the request says. */
public final class GrpcTestService implements BindableService {
    public static final MethodDescriptor<StringValue, StringValue> ASK =
            method("Ask", MethodType.UNARY);
    static final MethodDescriptor<StringValue, StringValue> PRODUCE =
            method("Produce", MethodType.SERVER_STREAMING);
    static final MethodDescriptor<StringValue, StringValue> ECHO =
            method("Echo", MethodType.BIDI_STREAMING);

    /** Calls of "wait" that have not yet been ended. */
    final AtomicInteger waiting = new AtomicInteger();

    /** What PRODUCE has sent. */
    final AtomicInteger produced = new AtomicInteger();

    final AtomicInteger producing = new AtomicInteger();

    /** Until it opens, calls of "linger" that have been answered clear up. */
    final CountDownLatch clearedUp = new CountDownLatch(1);

    /** What writers failed with. */
    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    final AtomicReference<Context> context = new AtomicReference<>();

    static MethodDescriptor<StringValue, StringValue> method(String name, MethodType type) {
        var text = ProtoUtils.marshaller(StringValue.getDefaultInstance());
        return MethodDescriptor.<StringValue, StringValue>newBuilder(text, text)
                .setType(type)
                .setFullMethodName("test.Service/" + name)
                .build();
    }

    /** Asks for a hundred megabytes. */
    public static void askForMuch(RawHttp2 client) throws IOException {
        client.withoutFlowControl()
                .call(1, "/test.Service/Produce", StringValue.of("100000").toByteArray());
    }

    /** How many calls of "wait" have not yet been ended. */
    public int waiting() {
        return waiting.get();
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder("test.Service")
                .addMethod(
                        ASK,
                        ServerCalls.asyncUnaryCall(
                                (request, response) -> answer(request.getValue(), response)))
                .addMethod(
                        PRODUCE,
                        ServerCalls.asyncServerStreamingCall(
                                (request, response) -> produce(request.getValue(), response)))
                .addMethod(ECHO, ServerCalls.asyncBidiStreamingCall(Echo::new))
                .build();
    }

    private void answer(String request, StreamObserver<StringValue> response) {
        if (request.startsWith("wait ")) {
            waitForTheEnd();
        }
        switch (request) {
            case "throw" -> throw new IllegalStateException("secret");
            case "throw-error" -> throw new StackOverflowError("secret");
            case "give" -> response.onError(new IllegalStateException("secret"));
            case "busy" -> throw new ArithmeticException();
            case "busy-observer" -> response.onError(new ArithmeticException());
            case "text" ->
                    response.onError(
                            Status.ABORTED
                                    .withDescription("{\"a\":1}\ncafé % \u0000 \uD83D\uDE00")
                                    .asRuntimeException());
            case "silence" -> {}
            case "wait" -> waitForTheEnd();
            case "large" -> reply(response, "x".repeat(150_000));
            case "linger" -> {
                Context.current().addListener(ended -> clearUp(), Runnable::run);
                reply(response, request);
            }
            default -> reply(response, request);
        }
    }

    /** Until the caller does not want it any more. */
    private void waitForTheEnd() {
        Context current = Context.current();
        context.set(current);
        CountDownLatch cancelled = new CountDownLatch(1);
        current.addListener(c -> cancelled.countDown(), Runnable::run);
        waiting.incrementAndGet();
        try {
            if (!cancelled.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never cancelled");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
        throw Status.CANCELLED.asRuntimeException();
    }

    private void clearUp() {
        try {
            if (!clearedUp.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never told to end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(StreamObserver<StringValue> response, String text) {
        response.onNext(StringValue.of(text));
        response.onCompleted();
    }

    /** A thousand characters at a time, no faster than they are read. */
    private void produce(String count, StreamObserver<StringValue> observer) {
        ServerCallStreamObserver<StringValue> response =
                (ServerCallStreamObserver<StringValue>) observer;
        Semaphore signal = new Semaphore(0);
        response.setOnReadyHandler(signal::release);
        response.setOnCancelHandler(signal::release);
        producing.incrementAndGet();
        // An engine may give up on a reader long after its test, and fail in this thread.
        Thread.Builder thread =
                Thread.ofVirtual()
                        .uncaughtExceptionHandler((unused, failure) -> failures.add(failure));
        thread.start(
                () -> {
                    StringValue line = StringValue.of("y".repeat(1000));
                    int left = Integer.parseInt(count);
                    while (left > 0 && !response.isCancelled()) {
                        if (response.isReady()) {
                            response.onNext(line);
                            produced.incrementAndGet();
                            left--;
                        } else {
                            signal.acquireUninterruptibly();
                        }
                    }
                    producing.decrementAndGet();
                    if (left == 0) {
                        response.onCompleted();
                    }
                });
    }

    private record Echo(StreamObserver<StringValue> response)
            implements StreamObserver<StringValue> {
        @Override
        public void onNext(StringValue text) {
            response.onNext(text);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
            response.onCompleted();
        }
    }
}
