package io.tradingecosystem.audit.topology;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was measured of a node or an edge. Immutable.
 *
 * @param count of a node its events, of an edge what went over it; from 1
 * @param errors how many of these are of severity ERROR or above
 * @param requests of a node the spans in which it served, or its events where it has none such; of
 *     an edge the count
 * @param requestErrors how many of the requests are errors
 * @param measured over which time, up to {@code at}
 * @param p50 of an edge, how long half took at most: calls by the caller's span, others from cause
 *     to effect, no less than zero, within five percent
 * @param p99 the same of 99 percent
 * @param last when the last was recorded
 * @param at when it was measured
 * @param methods the most frequent kinds of it, 16 at most, in order
 */
public record Traffic(
        long count,
        long errors,
        long requests,
        long requestErrors,
        Duration measured,
        Optional<Duration> p50,
        Optional<Duration> p99,
        Instant last,
        Instant at,
        List<String> methods) {
    public Traffic {
        requireNonNull(measured, "measured is null");
        requireNonNull(p50, "p50 is null");
        requireNonNull(p99, "p99 is null");
        requireNonNull(last, "last is null");
        requireNonNull(at, "at is null");
        methods = List.copyOf(methods);
    }

    /** Both together, of one node; percentiles are those of the one with more. */
    Traffic and(Traffic other) {
        Traffic more = count >= other.count ? this : other;
        return new Traffic(
                count + other.count,
                errors + other.errors,
                requests + other.requests,
                requestErrors + other.requestErrors,
                measured,
                more.p50,
                more.p99,
                last.isAfter(other.last) ? last : other.last,
                at,
                more.methods);
    }

    /** The part of the requests that are errors, from 0 to 1. */
    public double errorRate() {
        return requests == 0 ? 0 : (double) requestErrors / requests;
    }

    /** How many a second. */
    public double rate() {
        return count / (measured.toNanos() / 1e9);
    }
}
