package io.tradingecosystem.audit.server.http.connect;

import com.google.protobuf.Message;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.connection.HttpConnection;
import io.tradingecosystem.audit.server.http.RequestBodies;
import io.tradingecosystem.audit.server.http.connect.ConnectCall.Next;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.OptionalLong;

/** One method over HTTP. Thread-safe. */
final class ConnectMethod<Q, A> implements Handler {
    private static final long ENDLESS = Long.MAX_VALUE / 2;

    private final ServerMethodDefinition<Q, A> method;
    private final ConnectFailures failures;
    private final int maxMessage;
    private final boolean streams;

    ConnectMethod(ServerMethodDefinition<Q, A> method, ConnectFailures failures, int maxMessage) {
        this.method = method;
        this.failures = failures;
        this.maxMessage = maxMessage;
        this.streams = method.getMethodDescriptor().getType() == MethodType.SERVER_STREAMING;
    }

    String name() {
        return method.getMethodDescriptor().getBareMethodName();
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        ConnectCodec codec = codec(request, response);
        ConnectHeaders.requireVersion(request);
        OptionalLong timeout = ConnectHeaders.timeoutNanos(request);
        long deadline = System.nanoTime() + timeout.orElse(ENDLESS);
        Q message = message(request, codec);
        ConnectCall<Q, A> call = new ConnectCall<>(method.getMethodDescriptor());
        ServerCall.Listener<Q> listener =
                method.getServerCallHandler().startCall(call, ConnectHeaders.metadata(request));
        boolean done = false;
        try {
            listener.onReady();
            listener.onMessage(message);
            listener.onHalfClose();
            if (streams) {
                stream(new Writing<>(call, listener, codec, deadline), request, response);
            } else {
                answer(call, codec, deadline, response);
            }
            done = !call.isCancelled();
        } finally {
            end(call, listener, done);
        }
    }

    private static <Q, A> void end(
            ConnectCall<Q, A> call, ServerCall.Listener<Q> listener, boolean done) {
        if (done) {
            listener.onComplete();
        } else {
            call.cancel();
            listener.onCancel();
        }
    }

    private ConnectCodec codec(ServerRequest request, ServerResponse response) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        return ConnectCodec.of(type, streams)
                .orElseThrow(
                        () -> {
                            String allowed =
                                    ConnectCodec.JSON.mediaType(streams)
                                            + ", "
                                            + ConnectCodec.PROTO.mediaType(streams);
                            response.header(HeaderNames.create("Accept-Post"), allowed);
                            return new ProblemException(
                                    Problem.of(
                                            Kind.UNSUPPORTED_MEDIA_TYPE,
                                            "The Content-Type is one of "
                                                    + allowed
                                                    + ", not \""
                                                    + type
                                                    + "\"."));
                        });
    }

    @SuppressWarnings("unchecked") // The prototype is a message of the method's type.
    private Q message(ServerRequest request, ConnectCodec codec) throws IOException {
        boolean gzip = streams && ConnectHeaders.isGzip(request);
        byte[] bytes;
        try (InputStream body =
                RequestBodies.stream(
                        request, maxMessage + (streams ? ConnectFrames.HEAD + 1L : 0))) {
            bytes = streams ? ConnectFrames.only(body, gzip, maxMessage) : body.readAllBytes();
        }
        return (Q) codec.read(bytes, prototype());
    }

    private Message prototype() {
        var marshaller =
                (PrototypeMarshaller<Q>) method.getMethodDescriptor().getRequestMarshaller();
        return (Message) Objects.requireNonNull(marshaller.getMessagePrototype());
    }

    private void answer(
            ConnectCall<Q, A> call, ConnectCodec codec, long deadline, ServerResponse response)
            throws InterruptedException {
        Next<A> first = call.next(deadline);
        Next<A> last = first instanceof Next.Answer<A> ? call.next(deadline) : first;
        if (last instanceof Next.End<A>(ConnectCall.Ending ending)
                && ending.status().isOk()
                && first instanceof Next.Answer<A>(A message)) {
            ConnectHeaders.add(call.headers(), "", response);
            ConnectHeaders.add(ending.trailers(), "trailer-", response);
            response.header(HeaderNames.CONTENT_TYPE, codec.mediaType(false))
                    .send(codec.write((Message) message));
            return;
        }
        ConnectFailures.send(response, failure(last));
    }

    private ConnectError failure(Next<A> last) {
        return switch (last) {
            case Next.Late<A> late -> late();
            case Next.End<A>(ConnectCall.Ending ending) when !ending.status().isOk() ->
                    failures.error(method.getMethodDescriptor(), ending);
            default ->
                    ConnectError.of(
                            Status.Code.UNIMPLEMENTED, "The method ended without its one answer.");
        };
    }

    private static ConnectError late() {
        return ConnectError.of(
                Status.Code.DEADLINE_EXCEEDED, "The time that Connect-Timeout-Ms gives is over.");
    }

    /** What the thread of a request writes. */
    private record Writing<Q, A>(
            ConnectCall<Q, A> call,
            ServerCall.Listener<Q> listener,
            ConnectCodec codec,
            long deadline) {}

    private void stream(Writing<Q, A> writing, ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        ConnectHeaders.add(writing.call().headers(), "", response);
        response.header(HeaderNames.CONTENT_TYPE, writing.codec().mediaType(true))
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                // What comes behind the request is read off, to hear when the client goes.
                .header(HeaderValues.CONNECTION_CLOSE);
        HttpConnection.of(request).whenGone("connect-gone", writing.call()::cancel);
        try (OutputStream out = response.outputStream()) {
            byte[] end = write(writing, out);
            if (end.length > 0) {
                out.write(ConnectFrames.end(end));
            }
        }
    }

    /** Writes all answers; what stands in the last frame, or nothing if nobody is there to read. */
    private byte[] write(Writing<Q, A> writing, OutputStream out)
            throws IOException, InterruptedException {
        while (true) {
            boolean wasReady = writing.call().isReady();
            switch (writing.call().next(writing.deadline())) {
                case Next.Answer<A>(A message) -> {
                    out.write(ConnectFrames.message(writing.codec().write((Message) message)));
                    out.flush();
                    if (!wasReady && writing.call().isReady()) {
                        writing.listener().onReady();
                    }
                }
                case Next.End<A>(ConnectCall.Ending ending) -> {
                    return last(ending);
                }
                case Next.Late<A> late -> {
                    writing.call().cancel();
                    return ConnectFailures.end(late(), new Metadata());
                }
                case Next.Gone<A> gone -> {
                    return new byte[0];
                }
            }
        }
    }

    private byte[] last(ConnectCall.Ending ending) {
        return ending.status().isOk()
                ? ConnectFailures.end(ending.trailers())
                : ConnectFailures.end(
                        failures.error(method.getMethodDescriptor(), ending), ending.trailers());
    }
}
