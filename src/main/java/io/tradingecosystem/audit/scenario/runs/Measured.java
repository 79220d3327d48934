package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was measured of a run so far: the same in whatever order the events came. Immutable.
 *
 * @param count how many events
 * @param unreadable how many of these have no value that can be read
 * @param sum what the values of the others add up to
 * @param distinct how many values they have, up to {@link #MAX_DISTINCT}
 * @param more whether they have more
 */
public record Measured(long count, long unreadable, BigDecimal sum, long distinct, boolean more) {
    /** So many values of an attribute are told apart in a run. */
    public static final int MAX_DISTINCT = 10_000;

    /** Nothing yet. */
    public static final Measured NONE = new Measured(0, 0, BigDecimal.ZERO, 0, false);

    /** What is added up: no exponents, so that no sum is longer than what was written. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,40}([.]\\d{1,40})?");

    /** With one more event. */
    public Measured plusEvent() {
        return new Measured(count + 1, unreadable, sum, distinct, more);
    }

    /** With one more event whose value is to be added; what is no decimal number is not. */
    public Measured plus(Optional<String> value) {
        Optional<BigDecimal> decimal =
                value.filter(text -> DECIMAL.matcher(text).matches()).map(BigDecimal::new);
        return new Measured(
                count + 1,
                unreadable + (decimal.isEmpty() ? 1 : 0),
                sum.add(decimal.orElse(BigDecimal.ZERO)),
                distinct,
                more);
    }

    /** With one more event without a value that could be told from others. */
    public Measured plusUnreadable() {
        return new Measured(count + 1, unreadable + 1, sum, distinct, more);
    }

    /** With one more value, which is not counted past the bound. */
    public Measured plusValue() {
        boolean full = distinct == MAX_DISTINCT;
        return new Measured(count, unreadable, sum, distinct + (full ? 0 : 1), more || full);
    }

    void write(ByteWriter out) {
        out.varint(count).varint(unreadable).text(sum.toString());
        out.varint(distinct).octet(more ? 1 : 0);
    }

    static Measured read(ByteReader in) {
        return new Measured(
                in.varint(), in.varint(), new BigDecimal(in.text()), in.varint(), in.octet() == 1);
    }
}
