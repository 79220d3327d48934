package io.tradingecosystem.audit.common;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Something that a bound left out of an answer. An answer without one is whole. Immutable.
 *
 * @param bound what kept it out
 * @param leftOut how much; empty where only counting it would tell
 * @param since the earliest occurred_at of what it concerns; empty where time is not the point
 * @param until the latest, inclusive
 */
public record Omission(
        Bound bound, OptionalLong leftOut, Optional<Instant> since, Optional<Instant> until) {

    private Omission(Bound bound, OptionalLong leftOut) {
        this(bound, leftOut, Optional.empty(), Optional.empty());
    }

    /** A number of things that were left out. */
    public static Omission of(Bound bound, long leftOut) {
        return new Omission(bound, OptionalLong.of(leftOut));
    }

    /** Something of a time, nobody knows how much. */
    public static Omission between(Bound bound, Instant since, Instant until) {
        return new Omission(bound, OptionalLong.empty(), Optional.of(since), Optional.of(until));
    }

    /** Something up to a time, nobody knows how much. */
    public static Omission until(Bound bound, Instant until) {
        return new Omission(bound, OptionalLong.empty(), Optional.empty(), Optional.of(until));
    }

    /** Something, nobody knows how much. */
    public static Omission some(Bound bound) {
        return new Omission(bound, OptionalLong.empty());
    }

    /** Nothing where the number is 0, or below. */
    public static Stream<Omission> ifAny(Bound bound, long leftOut) {
        return leftOut <= 0 ? Stream.empty() : Stream.of(of(bound, leftOut));
    }

    /** Nothing, unless it is so that something was left out. */
    public static Stream<Omission> when(boolean leftOut, Bound bound) {
        return leftOut ? Stream.of(some(bound)) : Stream.empty();
    }

    /** One list of several. */
    @SafeVarargs
    public static List<Omission> all(Stream<Omission>... omissions) {
        List<Omission> all = new ArrayList<>();
        for (Stream<Omission> some : omissions) {
            some.forEach(all::add);
        }
        return all;
    }

    /** A sentence for people, without its full stop. */
    public String explanation() {
        return bound.explanation()
                + since.map(at -> ", from " + at).orElse("")
                + until.map(at -> " to " + at).orElse("")
                + (leftOut.isEmpty() ? "" : ": " + leftOut.getAsLong());
    }
}
