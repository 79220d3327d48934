package io.tradingecosystem.audit.access;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.tradingecosystem.audit.access.log.Disclosure;

/** Says for the access log by what a call asks, when its message was read. Thread-safe. */
final class AskedKeys implements ServerInterceptor {
    private final FilterKeys keys;

    AskedKeys(FilterKeys keys) {
        this.keys = keys;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                Disclosure disclosure = Disclosure.current();
                if (disclosure != Disclosure.NONE) {
                    keys.of(message).forEach(disclosure::about);
                }
                super.onMessage(message);
            }
        };
    }
}
