package io.tradingecosystem.audit.server.grpc;

import io.grpc.Metadata;
import io.grpc.Status;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks at {@code grpc-timeout} before the transport does: a call with one that is none fails, and
 * nothing else does.
 *
 * <p>Fault: grpc-java 1.73.0, {@code ServerImpl.createContext}, throws for such a field in the
 * thread that reads the connection, which stays open and is not read any more. Held by: {@code
 * GrpcAttackTest.shouldEndOnlyTheCallWhoseTimeoutIsNone}. Look again: grpc-java 1.80.
 */
final class CallTimeouts {
    /** At most eight digits and a unit, as the protocol of gRPC has it. */
    private static final Pattern TIMEOUT = Pattern.compile("[0-9]{1,8}[HMSmun]");

    private static final Metadata.Key<String> KEY =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> MALFORMED =
            Metadata.Key.of("malformed-grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

    private CallTimeouts() {}

    /** Puts a timeout aside that is none. */
    static void check(Metadata headers) {
        headers.discardAll(MALFORMED);
        Iterable<String> all = headers.getAll(KEY);
        if (all == null) {
            return;
        }
        for (String timeout : all) {
            if (!TIMEOUT.matcher(timeout).matches()) {
                headers.discardAll(KEY);
                headers.put(MALFORMED, timeout);
                return;
            }
        }
    }

    /** What a call is answered with whose timeout was put aside. */
    static Optional<Status> failure(Metadata headers) {
        return headers.containsKey(MALFORMED)
                ? Optional.of(
                        Status.INVALID_ARGUMENT.withDescription(
                                "grpc-timeout is not up to eight digits and a unit, H, M, S, m, u"
                                        + " or n."))
                : Optional.empty();
    }
}
