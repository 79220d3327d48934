package io.tradingecosystem.audit.access;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.ServerCall;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Passes the message of a call that has one, while it is bytes still, if the caller may send it.
 * One that comes compressed has no size before it is read.
 */
final class LimitedMessages<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Allowance allowance;

    LimitedMessages(ServerCall.Listener<Q> listener, Allowance allowance) {
        super(listener);
        this.allowance = allowance;
    }

    @Override
    public void onMessage(Q message) {
        super.onMessage(passed(message));
    }

    @SuppressWarnings("unchecked") // Messages that are streams stay streams.
    private Q passed(Q message) {
        return switch (message) {
            case InputStream bytes when bytes instanceof KnownLength -> {
                allowance.takeBytes(size(bytes));
                yield message;
            }
            case InputStream bytes -> (Q) allowance.metered(bytes);
            default -> message;
        };
    }

    private static int size(InputStream bytes) {
        try {
            return bytes.available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
