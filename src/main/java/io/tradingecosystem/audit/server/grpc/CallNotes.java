package io.tradingecosystem.audit.server.grpc;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;

/**
 * What a method says beside its messages: headers that go out before the first of them. A method
 * puts them on the thread of its call, before it answers or starts a thread that does. Thread-safe.
 */
public final class CallNotes implements ServerInterceptor {
    private static final Context.Key<Metadata> NOTES = Context.key("call-notes");

    private CallNotes() {}

    /** The same service, whose methods may put headers. */
    public static BindableService of(BindableService service) {
        return () -> ServerInterceptors.intercept(service, new CallNotes());
    }

    /** Puts a header before the answer to the present call; nothing outside of one. */
    public static void put(String name, String value) {
        Metadata notes = NOTES.get();
        if (notes != null) {
            Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
            notes.discardAll(key);
            notes.put(key, value);
        }
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Metadata notes = new Metadata();
        return Contexts.interceptCall(
                Context.current().withValue(NOTES, notes), new Noted<>(call, notes), headers, next);
    }

    private static final class Noted<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Metadata notes;

        Noted(ServerCall<Q, A> call, Metadata notes) {
            super(call);
            this.notes = notes;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            headers.merge(notes);
            super.sendHeaders(headers);
        }
    }
}
