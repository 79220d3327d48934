package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.event.AuditEvent;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where an event stands in an index.
 *
 * @param nanos occurred_at in nanoseconds since the epoch
 * @param position in the log
 */
record IndexPosition(long nanos, long position) implements Comparable<IndexPosition> {
    private static final Comparator<IndexPosition> ORDER =
            Comparator.comparingLong(IndexPosition::nanos)
                    .thenComparingLong(IndexPosition::position);
    private static final int TOKEN = 1 + 2 * Long.BYTES;
    private static final int TOKEN_VERSION = 1;

    static IndexPosition of(AuditEvent event) {
        return new IndexPosition(EventCodec.nanos(event), event.position());
    }

    /**
     * Reads a page token; empty for the first page.
     *
     * @throws InvalidQuestionException if it is not one of {@link #token}
     */
    static Optional<IndexPosition> parse(String token) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw InvalidQuestionException.pageToken(token);
        }
        if (bytes.length != TOKEN || bytes[0] != TOKEN_VERSION) {
            throw InvalidQuestionException.pageToken(token);
        }
        IndexPosition place =
                new IndexPosition(
                        BigEndian.longAt(bytes, 1), BigEndian.longAt(bytes, 1 + Long.BYTES));
        if (place.position() < 1) {
            throw InvalidQuestionException.pageToken(token);
        }
        return Optional.of(place);
    }

    /** This place as a page token. */
    String token() {
        ByteWriter bytes = new ByteWriter(TOKEN);
        bytes.octet(TOKEN_VERSION);
        bytes.number(nanos);
        bytes.number(position);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    @Override
    public int compareTo(IndexPosition other) {
        return ORDER.compare(this, other);
    }
}
