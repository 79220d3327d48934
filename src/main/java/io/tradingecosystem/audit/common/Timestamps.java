package io.tradingecosystem.audit.common;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Moments as the services of the ecosystem write them, in registry records and answers of the
 * configuration service. The times of events are another matter: their numbers are nanoseconds, and
 * there are many of them.
 */
public final class Timestamps {
    private static final Pattern NUMBER =
            Pattern.compile("\\d{1,20}(\\.\\d{1,30})?([eE]\\+?\\d{1,2})?");
    private static final BigDecimal EARLIEST_MILLIS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal LATEST_MILLIS = BigDecimal.valueOf(100_000_000_000_000L);

    private Timestamps() {}

    /**
     * RFC 3339 with zone, with {@code Z} and no fraction, without zone (then UTC), or the epoch's
     * seconds with or without fraction; a number beyond the year 5138 is meant as milliseconds.
     * Empty if the text is none of these.
     */
    public static Optional<Instant> parse(String text) {
        try {
            if (NUMBER.matcher(text).matches()) {
                return epoch(new BigDecimal(text));
            }
            String iso = text.replace(' ', 'T');
            boolean zoned = iso.endsWith("Z") || iso.endsWith("z") || hasOffset(iso);
            return Optional.of(
                    zoned
                            ? OffsetDateTime.parse(iso).toInstant()
                            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The epoch's seconds with milliseconds: {@code 1769860800.123}. */
    public static String epochSeconds(Instant moment) {
        return BigDecimal.valueOf(moment.toEpochMilli(), 3).toPlainString();
    }

    private static Optional<Instant> epoch(BigDecimal number) {
        if (number.compareTo(LATEST_MILLIS) >= 0) {
            return Optional.empty();
        }
        BigDecimal seconds =
                number.compareTo(EARLIEST_MILLIS) >= 0 ? number.movePointLeft(3) : number;
        long whole = seconds.longValue();
        long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Optional.of(Instant.ofEpochSecond(whole, nanos));
    }

    private static boolean hasOffset(String iso) {
        int time = Math.max(iso.indexOf('T'), iso.indexOf('t'));
        return time >= 0 && (iso.indexOf('+', time) > 0 || iso.indexOf('-', time) > 0);
    }
}
