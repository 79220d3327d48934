package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Hash;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of the {@code correlation} projection. The first byte names the table:
 *
 * <pre>
 * d effect                            records of causes: what is known about an effect's causes
 * c cause occurred_at effect          effects by cause, in the order of their occurred_at
 * t ~occurred_at ~effect              effects, the newest first
 * r hash ~occurred_at ~effect         effects by kind and rule, the newest first
 * q sequence                          links in the order in which they were found, for watchers
 * p event                             checkpoints: what is remembered of some events, by the first
 * x number                            rules in force
 * y number                            rules that were in force, with where that ended
 * w name                              rules that were withdrawn, with the event that did it
 * k name                              how many links were found, by rule or kind
 * m                                   counters
 * </pre>
 *
 * <p>Events stand as their position in the log. Numbers are big-endian, {@code ~} is the
 * complement, {@code occurred_at} is in nanoseconds, moved so that times before 1970 sort first,
 * {@code hash} a {@link Hash}: what only has the same hash is sorted out when it is read.
 */
public final class LinkKeys {
    public static final char CHECKPOINTS = 'p';

    private LinkKeys() {}

    public static byte[] table(char name) {
        return new byte[] {(byte) name};
    }

    /** The record of all counters. */
    public static byte[] counters() {
        return table('m');
    }

    public static byte[] effectCauses(long effect) {
        return of('d', effect);
    }

    static byte[] ofCause(long cause) {
        return of('c', cause);
    }

    public static byte[] ofCause(long cause, long effectAt, long effect) {
        return of('c', cause, sorted(effectAt), effect);
    }

    /** The effect of a {@code c} key. */
    static long effectOfCause(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    /** The first key behind another. */
    static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    public static byte[] newest(long effectAt, long effect) {
        return of('t', ~sorted(effectAt), ~effect);
    }

    public static byte[] ofEvidence(Evidence evidence) {
        return of('r', Hash.add(Hash.add(Hash.SEED, evidence.kind().name()), evidence.name()));
    }

    public static byte[] ofEvidence(byte[] wayPrefix, long effectAt, long effect) {
        return ByteBuffer.allocate(wayPrefix.length + 2 * Long.BYTES)
                .put(wayPrefix)
                .putLong(~sorted(effectAt))
                .putLong(~effect)
                .array();
    }

    /** The first key with a prefix whose effects occurred at {@code effectAt} or before. */
    static byte[] from(byte[] prefix, long effectAt) {
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(~sorted(effectAt))
                .array();
    }

    /** When the effect of a {@code t} or {@code r} key occurred. */
    static long effectAt(byte[] key) {
        return ~ByteBuffer.wrap(key).getLong(key.length - 2 * Long.BYTES) ^ Long.MIN_VALUE;
    }

    /** The effect of a {@code t} or {@code r} key. */
    static long effect(byte[] key) {
        return ~ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    public static byte[] sequence(long sequence) {
        return of('q', sequence);
    }

    public static byte[] checkpoint(long event) {
        return of(CHECKPOINTS, event);
    }

    public static byte[] rule(long number) {
        return of('x', number);
    }

    public static byte[] past(long number) {
        return of('y', number);
    }

    public static byte[] withdrawn(String rule) {
        return named('w', rule);
    }

    public static byte[] found(String label) {
        return named('k', label);
    }

    private static byte[] named(char table, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put((byte) table).put(text).array();
    }

    /** The text behind the table's letter. */
    public static String text(byte[] key) {
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }

    /** The number behind the table's letter. */
    public static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1);
    }

    private static long sorted(long nanos) {
        return nanos ^ Long.MIN_VALUE;
    }

    private static byte[] of(char table, long... numbers) {
        ByteBuffer key = ByteBuffer.allocate(1 + numbers.length * Long.BYTES).put((byte) table);
        for (long number : numbers) {
            key.putLong(number);
        }
        return key.array();
    }
}
