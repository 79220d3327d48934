package io.tradingecosystem.audit.logging;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace that the current thread works for, as W3C Trace Context level 1 writes it in the {@code
 * traceparent} header. The doors set it for each request; log lines carry it and calls to peers
 * pass it on. Immutable.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether the caller records this trace
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
    /** The name of the header, in HTTP and in gRPC metadata. */
    public static final String HEADER = "traceparent";

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final ThreadLocal<Optional<TraceContext>> CURRENT =
            ThreadLocal.withInitial(Optional::empty);

    /** Parses a {@code traceparent}; empty if it is not one, or all zero. */
    public static Optional<TraceContext> parse(String traceparent) {
        Matcher matcher = TRACEPARENT.matcher(traceparent);
        if (!matcher.matches()
                || isZero(matcher.group(1))
                || isZero(matcher.group(2))
                || (traceparent.startsWith("00") && matcher.group(4) != null)) {
            return Optional.empty();
        }
        boolean sampled = (HexFormat.fromHexDigits(matcher.group(3)) & 1) == 1;
        return Optional.of(new TraceContext(matcher.group(1), matcher.group(2), sampled));
    }

    /** The trace this thread works for. */
    public static Optional<TraceContext> current() {
        return CURRENT.get();
    }

    /** Runs {@code work} for a trace, and restores what was before. */
    public static <T> T call(Optional<TraceContext> trace, Callable<T> work) throws Exception {
        Optional<TraceContext> before = CURRENT.get();
        CURRENT.set(trace);
        try {
            return work.call();
        } finally {
            restore(before);
        }
    }

    /** Runs {@code work} for a trace, and restores what was before. */
    public static void run(Optional<TraceContext> trace, Runnable work) {
        Optional<TraceContext> before = CURRENT.get();
        CURRENT.set(trace);
        try {
            work.run();
        } finally {
            restore(before);
        }
    }

    /** The same trace with a new span, for a call that is made while working for this one. */
    public TraceContext child(RandomGenerator random) {
        long id = random.nextLong();
        return new TraceContext(traceId, HexFormat.of().toHexDigits(id == 0 ? 1 : id), sampled);
    }

    /** The value of the header. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    private static void restore(Optional<TraceContext> before) {
        if (before.isEmpty()) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }
}
