package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A time in which events may have been lost. Immutable.
 *
 * @param from its start, by our clock
 * @param to its end
 * @param reasons clauses for people, such as {@code the correlator was away}, none twice: of more
 *     than three the first three and {@code others}, each cut at 100 characters
 */
public record Gap(Instant from, Instant to, List<String> reasons) {
    public static final Comparator<Gap> ORDER =
            Comparator.comparing(Gap::from).thenComparing(Gap::to).thenComparing(Gap::reason);

    /** Of one whose teller gives none. */
    public static final String DEFAULT_REASON = "events were lost";

    /** Before anything that a clock can say. */
    private static final Instant BEGINNING = Instant.ofEpochSecond(0, Long.MIN_VALUE);

    private static final int MAX_REASONS = 3;
    private static final int MAX_LENGTH = 100;
    private static final String OTHERS = "others";

    public Gap {
        reasons = bounded(reasons.stream().map(Gap::cut).distinct().toList());
    }

    /** A gap with one reason. */
    public Gap(Instant from, Instant to, String reason) {
        this(from, to, List.of(reason));
    }

    /** A gap without an end. */
    public static Gap since(Instant from, String reason) {
        return new Gap(from, Selection.END, reason);
    }

    /** All the time before a moment, as nobody knows any more when in it something was lost. */
    public static Gap before(Instant moment) {
        return new Gap(BEGINNING, moment, "losses before " + moment + " are not known any more");
    }

    /** Whether this is what {@link #before} gives. */
    public boolean isUnknown() {
        return equals(before(to));
    }

    /** Why, in one clause. */
    public String reason() {
        int last = reasons.size() - 1;
        return last < 1
                ? String.join("", reasons)
                : String.join(", ", reasons.subList(0, last)) + " and " + reasons.get(last);
    }

    /** What was lost, and when, as a clause for people. */
    public String clause() {
        boolean unbounded = to.equals(Selection.END) || from.equals(BEGINNING);
        return unbounded ? reason() : reason() + " from " + from + " to " + to;
    }

    public boolean overlaps(Instant start, Instant end) {
        return from.isBefore(end) && to.isAfter(start);
    }

    /** The time from the start of the earlier to the end of the later, with the reasons of both. */
    public Gap with(Gap other) {
        return new Gap(
                from.isBefore(other.from) ? from : other.from,
                to.isAfter(other.to) ? to : other.to,
                Stream.concat(reasons.stream(), other.reasons.stream()).toList());
    }

    private static List<String> bounded(List<String> distinct) {
        List<String> named = distinct.stream().filter(each -> !each.equals(OTHERS)).toList();
        if (named.size() <= MAX_REASONS && named.size() == distinct.size()) {
            return distinct;
        }
        Stream<String> first = named.stream().limit(MAX_REASONS);
        return Stream.concat(first, Stream.of(OTHERS)).toList();
    }

    private static String cut(String reason) {
        return reason.codePointCount(0, reason.length()) <= MAX_LENGTH
                ? reason
                : reason.substring(0, reason.offsetByCodePoints(0, MAX_LENGTH)) + "…";
    }
}
