package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.AuditEvent;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What events of one join share, as the first 128 bits of a SHA-256: nobody can make two keys that
 * meet, and a key of any length takes as much room. Immutable.
 *
 * @param high the first eight bytes
 * @param low the next eight
 */
public record JoinHash(long high, long low) {
    /** Its length in a key. */
    static final int BYTES = 2 * Long.BYTES;

    /** What an effect must share with a trigger; empty if the trigger lacks a key. */
    public static Optional<JoinHash> ofCause(List<JoinKey> join, AuditEvent trigger) {
        return of(join, trigger, JoinKey::ofCause);
    }

    /** What a trigger must share with an effect; empty if the effect lacks a key. */
    public static Optional<JoinHash> ofEffect(List<JoinKey> join, AuditEvent effect) {
        return of(join, effect, JoinKey::ofEffect);
    }

    private static Optional<JoinHash> of(
            List<JoinKey> join,
            AuditEvent event,
            BiFunction<JoinKey, AuditEvent, Optional<String>> side) {
        String[] values = new String[join.size()];
        for (int i = 0; i < values.length; i++) {
            Optional<String> value = side.apply(join.get(i), event);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values[i] = value.get();
        }
        byte[] digest = Digest.of(values);
        return Optional.of(
                new JoinHash(BigEndian.longAt(digest, 0), BigEndian.longAt(digest, Long.BYTES)));
    }
}
