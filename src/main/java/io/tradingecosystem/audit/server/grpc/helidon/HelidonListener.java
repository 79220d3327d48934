package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * Hears of a call that has one request. Its method runs on Helidon's thread of the stream.
 *
 * <p>Fault: Helidon 4.5.0, {@code GrpcProtocolHandler.data}, takes a message that it cannot read
 * for a cancellation by the caller and answers nothing. Shown by: {@code
 * HelidonGrpcFaultsTest.shouldNotAnswerAMessageOverTheLimit}. Held by: {@code
 * GrpcCallSuite.shouldRefuseAMessageOverTheLimit}. Look again: Helidon 4.6.
 */
class HelidonListener<Q> extends ServerCall.Listener<Q> {
    final HelidonCall<Q, ?> call;
    private final ServerCall.Listener<Q> target;
    private final Context context;
    private final Thread stream = Thread.currentThread();

    HelidonListener(ServerCall.Listener<Q> target, HelidonCall<Q, ?> call, Context context) {
        this.target = target;
        this.call = call;
        this.context = context;
    }

    @Override
    public void onReady() {
        call.start();
        context.run(target::onReady);
    }

    @Override
    public void onMessage(Q message) {
        deliver(message);
    }

    @Override
    public void onHalfClose() {
        deliverEnd();
        call.awaitEnd();
    }

    @Override
    public void onCancel() {
        if (Thread.currentThread() == stream) {
            // Not the caller's doing: Helidon could not read a message.
            call.close(
                    Status.RESOURCE_EXHAUSTED.withDescription("The message is too large."),
                    new Metadata());
        } else if (call.cancel()) {
            // Helidon's thread of the connection must not wait for the method.
            Thread.startVirtualThread(() -> context.run(target::onCancel));
        }
    }

    @Override
    public void onComplete() {
        context.run(target::onComplete);
    }

    final void deliver(Q message) {
        call.received(message);
        context.run(() -> target.onMessage(message));
    }

    final void deliverEnd() {
        context.run(target::onHalfClose);
    }
}
