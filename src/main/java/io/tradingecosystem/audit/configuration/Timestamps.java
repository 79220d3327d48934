package io.tradingecosystem.audit.configuration;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Moments as the services of the ecosystem write them. */
final class Timestamps {
    private static final BigDecimal EARLIEST_MILLIS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal LATEST_MILLIS = BigDecimal.valueOf(100_000_000_000_000L);

    private Timestamps() {}

    /**
     * RFC 3339, the same without zone (then UTC), or the epoch's seconds; a number beyond the year
     * 5138 is meant as milliseconds. Empty if it is none of these.
     */
    static Optional<Instant> parse(String text) {
        try {
            if (Conversions.isNumber(text)) {
                BigDecimal number = new BigDecimal(text);
                if (number.abs().compareTo(LATEST_MILLIS) >= 0) {
                    return Optional.empty();
                }
                BigDecimal millis =
                        number.compareTo(EARLIEST_MILLIS) < 0 ? number.movePointRight(3) : number;
                return Optional.of(Instant.ofEpochMilli(millis.longValue()));
            }
            String iso = text.replace(' ', 'T');
            int time = Math.max(0, iso.indexOf('T'));
            boolean zoned =
                    iso.endsWith("Z") || iso.indexOf('+', time) > 0 || iso.indexOf('-', time) > 0;
            return Optional.of(
                    zoned
                            ? OffsetDateTime.parse(iso).toInstant()
                            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
