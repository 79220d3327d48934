package io.tradingecosystem.audit.ingest;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.common.Uuids;

/**
 * Ids of events that are known by several texts: a UUID of version 8 (RFC 9562, section 5.8) from
 * the SHA-256 of the texts, each with its length before it, so that the same texts are always the
 * same id, and others another.
 */
public final class DerivedId {
    private DerivedId() {}

    /** The id of these texts in this order. */
    public static String of(String... texts) {
        byte[] hash = Digest.of(texts);
        return Uuids.of(8, BigEndian.longAt(hash, 0), BigEndian.longAt(hash, Long.BYTES))
                .toString();
    }
}
