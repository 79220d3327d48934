package io.tradingecosystem.audit.ingest.cloudevents;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace context in which an event came about (W3C Trace Context, {@code traceparent}).
 *
 * @param traceId 32 hex digits
 * @param spanId of the span that the event happened in, 16 hex digits
 */
record TraceParent(String traceId, String spanId) {
    /** A version after 00 may have more behind the flags; ff is none. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

    /** Reads it; empty if it is none, which the recommendation has ignored. */
    static Optional<TraceParent> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches() || (form.group(1).equals("00") && form.group(4) != null)) {
            return Optional.empty();
        }
        boolean zero = isZero(form.group(2)) || isZero(form.group(3));
        return zero ? Optional.empty() : Optional.of(new TraceParent(form.group(2), form.group(3)));
    }

    private static boolean isZero(String id) {
        return id.chars().allMatch(c -> c == '0');
    }
}
