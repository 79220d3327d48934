package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.Status;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code grpc-timeout}: up to eight digits and a unit (gRPC over HTTP/2, Timeout).
 * grpc-java's own parser is not public.
 *
 * <p>Fault: Helidon 4.5.0, {@code GrpcProtocolHandler.init}, ignores the header. Shown by: {@code
 * HelidonGrpcFaultsTest.shouldNotEndACallWhoseDeadlineHasPassed}. Held by: {@code
 * GrpcCallSuite.shouldEndACallItselfWhenItsDeadlineHasPassed}. Look again: Helidon 4.6.
 */
final class GrpcTimeout {
    private static final Pattern FORM = Pattern.compile("(\\d{1,8})([HMSmun])");

    private GrpcTimeout() {}

    /**
     * The timeout in nanoseconds.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if that is no timeout
     */
    static long nanos(String header) {
        Matcher form = FORM.matcher(header);
        if (!form.matches()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("grpc-timeout is not digits and one of HMSmun: " + header)
                    .asRuntimeException();
        }
        TimeUnit unit =
                switch (form.group(2)) {
                    case "H" -> TimeUnit.HOURS;
                    case "M" -> TimeUnit.MINUTES;
                    case "S" -> TimeUnit.SECONDS;
                    case "m" -> TimeUnit.MILLISECONDS;
                    case "u" -> TimeUnit.MICROSECONDS;
                    default -> TimeUnit.NANOSECONDS;
                };
        return unit.toNanos(Long.parseLong(form.group(1)));
    }
}
