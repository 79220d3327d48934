package io.tradingecosystem.audit.notify;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The beginning of a body; what comes behind is not read, and its connection is closed. The JDK's
 * {@code BodySubscribers.limiting} (Java 25) fails where there is more. For one answer.
 */
final class FirstBytes implements BodySubscriber<byte[]> {
    private final int max;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private @Nullable Subscription subscription;

    FirstBytes(int max) {
        this.max = max;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription to) {
        subscription = to;
        to.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.forEach(this::take);
        Subscription open = subscription;
        if (read.size() == max && open != null) {
            open.cancel();
            onComplete();
        }
    }

    private void take(ByteBuffer buffer) {
        byte[] bytes = new byte[Math.min(buffer.remaining(), max - read.size())];
        buffer.get(bytes);
        read.writeBytes(bytes);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(read.toByteArray());
    }
}
