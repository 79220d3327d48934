package io.tradingecosystem.audit.access;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.tradingecosystem.audit.access.log.Question.What;
import io.tradingecosystem.audit.problem.Problems;

import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks the policy before a call begins, when no message of it was read. What it throws the listener
 * reports as a status. Stands where messages are streams of bytes still. Thread-safe.
 */
public final class GrpcAccess implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<String> BAGGAGE =
            Metadata.Key.of(Baggage.HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private static final String DOOR = "grpc";

    private final AccessPolicy policy;
    private final Admission admission;
    private final AccessRecords records;
    private final CallerRuns runs;
    private final Problems problems;
    private final Function<SocketAddress, Optional<Certificate[]>> certificates;

    /**
     * @param problems what failures are answered with
     * @param certificates the chains that clients showed in the TLS handshake, by their addresses
     */
    public GrpcAccess(
            AccessPolicy policy,
            Denials denials,
            AccessRecords records,
            CallerRuns runs,
            Problems problems,
            Function<SocketAddress, Optional<Certificate[]>> certificates) {
        this.policy = policy;
        this.admission =
                new Admission(DOOR, kind -> kind.grpcCode().name(), policy, denials, records);
        this.records = records;
        this.runs = runs;
        this.problems = problems;
        this.certificates = certificates;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        Permission permission = policy.permission(method);
        Credentials credentials = credentials(call, headers);
        Caller admitted = admission.admit(method, permission, credentials, () -> {});
        Caller caller = permission.isLimited() ? begin(headers, admitted) : admitted;
        Optional<What> what = records.what(method, permission);
        if (what.isEmpty()) {
            return listener(permission, caller, call, headers, next);
        }
        RecordedCall<Q, A> recorded =
                new RecordedCall<>(
                        call,
                        records.begin(what, caller, credentials.address(), method, Map::of),
                        records,
                        problems);
        return new RecordedListener<>(
                listener(permission, caller, recorded, headers, next), recorded);
    }

    /** The caller of a call that sends. */
    private Caller begin(Metadata headers, Caller caller) {
        caller.allowance().begin(0);
        Iterable<String> baggage = headers.getAll(BAGGAGE);
        List<String> values = new ArrayList<>();
        if (baggage != null) {
            baggage.forEach(values::add);
        }
        return runs.of(caller, DOOR, values);
    }

    private static <Q, A> ServerCall.Listener<Q> listener(
            Permission permission,
            Caller caller,
            ServerCall<Q, A> call,
            Metadata headers,
            ServerCallHandler<Q, A> next) {
        Optional<Caller> known = Optional.of(caller);
        CallerListener<Q> listener = new CallerListener<>(start(known, call, headers, next), known);
        // Of a stream, whoever reads it takes each message's bytes.
        return permission.isLimited()
                        && call.getMethodDescriptor().getType().clientSendsOneMessage()
                ? new LimitedMessages<>(listener, caller.allowance())
                : listener;
    }

    private static <Q, A> ServerCall.Listener<Q> start(
            Optional<Caller> caller,
            ServerCall<Q, A> call,
            Metadata headers,
            ServerCallHandler<Q, A> next) {
        try {
            return Caller.call(caller, () -> next.startCall(call, headers));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the start of a call throws no checked exception", e);
        }
    }

    private Credentials credentials(ServerCall<?, ?> call, Metadata headers) {
        Optional<SocketAddress> address =
                Optional.ofNullable(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        return new Credentials(
                address.map(Credentials::address).orElse("?"),
                address.flatMap(certificates).flatMap(Credentials::own),
                Optional.ofNullable(headers.get(AUTHORIZATION)));
    }

    /** Every step of the call works for its caller. */
    private static final class CallerListener<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Optional<Caller> caller;

        CallerListener(ServerCall.Listener<Q> listener, Optional<Caller> caller) {
            super(listener);
            this.caller = caller;
        }

        @Override
        public void onMessage(Q message) {
            Caller.run(caller, () -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            Caller.run(caller, super::onHalfClose);
        }

        @Override
        public void onReady() {
            Caller.run(caller, super::onReady);
        }

        @Override
        public void onCancel() {
            Caller.run(caller, super::onCancel);
        }

        @Override
        public void onComplete() {
            Caller.run(caller, super::onComplete);
        }
    }

    /** What the call asks and is told is recorded. */
    private static final class RecordedListener<Q> extends SimpleForwardingServerCallListener<Q> {
        private final RecordedCall<Q, ?> call;

        RecordedListener(ServerCall.Listener<Q> listener, RecordedCall<Q, ?> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            call.run(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            call.run(super::onHalfClose);
        }

        @Override
        public void onCancel() {
            call.run(super::onCancel);
            call.left();
        }

        @Override
        public void onComplete() {
            call.run(super::onComplete);
            call.left();
        }
    }
}
