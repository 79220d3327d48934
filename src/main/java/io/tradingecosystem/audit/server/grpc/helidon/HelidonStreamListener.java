package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * Hears of a call that has many requests. The requests wait in an {@link Inbox} for the thread
 * {@code grpc-stream} of the call.
 *
 * <p>Fault: Helidon 4.5.0, {@code Http2ServerStream.data}, blocks the thread of the connection when
 * a method is busy and its queue of frames is full; {@code GrpcProtocolHandler.flushQueue} loses
 * count of the messages that a method has asked for. Held by: {@code
 * GrpcStreamSuite.shouldLetASlowReaderStallItselfOnly}. Look again: Helidon 4.6.
 */
final class HelidonStreamListener<Q> extends HelidonListener<Q> {
    private final Inbox<Q> inbox;
    private final ServerCall<Q, ?> raw;

    HelidonStreamListener(
            ServerCall.Listener<Q> target,
            HelidonCall<Q, ?> call,
            Context context,
            Inbox<Q> inbox,
            ServerCall<Q, ?> raw) {
        super(target, call, context);
        this.inbox = inbox;
        this.raw = raw;
    }

    @Override
    public void onReady() {
        super.onReady();
        Thread.ofVirtual()
                .name("grpc-stream")
                .start(() -> inbox.empty(this::deliver, this::deliverEnd));
        raw.request(Integer.MAX_VALUE);
    }

    @Override
    public void onMessage(Q message) {
        if (!inbox.add(message)) {
            call.close(
                    Status.RESOURCE_EXHAUSTED.withDescription(
                            "More messages were sent ahead than are kept."),
                    new Metadata());
            inbox.close();
        }
    }

    @Override
    public void onHalfClose() {
        inbox.end();
        call.awaitEnd();
    }

    @Override
    public void onCancel() {
        super.onCancel();
        inbox.close();
    }

    @Override
    public void onComplete() {
        inbox.close();
        super.onComplete();
    }
}
