package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.event.Times;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The keys of the {@code scenario} projection. The first byte names the table:
 *
 * <pre>
 * w id                    the window of an occurrence; id is 16 bytes
 * v id version            each version of its verdict
 * n ~opened               ids, newest first
 * q opened                ids, oldest first
 * c hash ~opened          ids by scenario_id
 * e hash ~opened          ids by expectation
 * j hash occurred_at id   ids by what a part's effect must share, to find the windows of an event
 * i id                    the join hashes of a window, to remove it
 * t due id                timers
 * s sequence              verdicts in the order in which they were made, for watchers
 * o sequence              verdicts that are not in the log yet
 * x name                  expectations in force
 * y name                  expectations that were withdrawn
 * h name 0 version        every version of an expectation that was in force
 * g from hash             times in which events may have been lost
 * k expectation           coverage
 * r scenario_id           chaos runs
 * f ~occurred_at hash     alerts without a scenario or cause
 * m                       counters
 * a                       when we were last alive
 * </pre>
 *
 * <p>Numbers are big-endian, {@code ~} is the complement, {@code hash} the first eight bytes of a
 * SHA-256.
 */
public final class VerdictKeys {
    public static final byte[] COUNTERS = {'m'};
    public static final byte[] ALIVE = {'a'};
    private static final int ID_BYTES = 16;
    private static final int HASH_BYTES = 8;

    private VerdictKeys() {}

    public static byte[] table(char name) {
        return new byte[] {(byte) name};
    }

    public static byte[] window(String verdictId) {
        return of('w', id(verdictId));
    }

    public static byte[] version(String verdictId, int version) {
        return of('v', id(verdictId), ByteBuffer.allocate(Integer.BYTES).putInt(version).array());
    }

    static byte[] versions(String verdictId) {
        return of('v', id(verdictId));
    }

    public static byte[] newest(long opened) {
        return of('n', number(~opened));
    }

    public static byte[] oldest(long opened) {
        return of('q', number(opened));
    }

    public static byte[] ofScenario(String scenarioId, long opened) {
        return of('c', hash(scenarioId), number(~opened));
    }

    static byte[] ofScenario(String scenarioId) {
        return of('c', hash(scenarioId));
    }

    public static byte[] ofExpectation(String expectation, long opened) {
        return of('e', hash(expectation), number(~opened));
    }

    static byte[] ofExpectation(String expectation) {
        return of('e', hash(expectation));
    }

    public static byte[] join(byte[] joinHash, Instant triggeredAt, String verdictId) {
        return of('j', joinHash, number(nanos(triggeredAt)), id(verdictId));
    }

    public static byte[] join(byte[] joinHash) {
        return of('j', joinHash);
    }

    public static byte[] joinFrom(byte[] joinHash, Instant triggeredAt) {
        return of('j', joinHash, number(nanos(triggeredAt)));
    }

    public static byte[] joins(String verdictId) {
        return of('i', id(verdictId));
    }

    public static Instant joinTime(byte[] key) {
        return time(key, 1 + HASH_BYTES);
    }

    public static String joinId(byte[] key) {
        return verdictId(key, 1 + HASH_BYTES + Long.BYTES);
    }

    public static byte[] timer(Instant due, String verdictId) {
        return of('t', number(nanos(due)), id(verdictId));
    }

    public static Instant timerDue(byte[] key) {
        return time(key, 1);
    }

    public static String timerId(byte[] key) {
        return verdictId(key, 1 + Long.BYTES);
    }

    public static byte[] sequence(long sequence) {
        return of('s', number(sequence));
    }

    public static byte[] unpublished(long sequence) {
        return of('o', number(sequence));
    }

    /** The last number of a key, as a page token. */
    static String lastNumber(byte[] key) {
        return Long.toString(~ByteBuffer.wrap(key).getLong(key.length - Long.BYTES));
    }

    /** What {@link #lastNumber} wrote. */
    static long parseNumber(String token) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw InvalidQuestionException.pageToken(token);
        }
    }

    /** The first key with a prefix whose number is at most {@code opened}. */
    static byte[] behind(byte[] prefix, long opened) {
        return ByteBuffer.allocate(prefix.length + Long.BYTES).put(prefix).putLong(~opened).array();
    }

    /** The number behind the table's letter. */
    public static long numberOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1);
    }

    public static byte[] inForce(String expectation) {
        return of('x', text(expectation));
    }

    public static byte[] withdrawn(String expectation) {
        return of('y', text(expectation));
    }

    public static byte[] definition(String expectation, String version) {
        return of('h', text(expectation), new byte[1], text(version));
    }

    public static byte[] gap(Gap gap) {
        return of('g', number(nanos(gap.from())), hash(gap.reason(), gap.to().toString()));
    }

    public static byte[] coverage(String expectation) {
        return of('k', text(expectation));
    }

    public static byte[] scenario(String scenarioId) {
        return of('r', text(scenarioId));
    }

    public static byte[] suspect(Instant occurredAt, String eventId) {
        return of('f', number(~nanos(occurredAt)), hash(eventId));
    }

    public static byte[] hash(String... texts) {
        return Arrays.copyOf(Digest.of(texts), HASH_BYTES);
    }

    public static byte[] bytesOf(String verdictId) {
        return id(verdictId);
    }

    public static String verdictId(byte[] bytes, int at) {
        return "verdict-" + HexFormat.of().formatHex(bytes, at, at + ID_BYTES);
    }

    /** The 16 bytes behind {@code verdict-}; an id of another form is nobody's. */
    private static byte[] id(String verdictId) {
        String digits = verdictId.substring(verdictId.indexOf('-') + 1);
        boolean own = digits.matches("[0-9a-f]{" + 2 * ID_BYTES + "}");
        return own ? HexFormat.of().parseHex(digits) : new byte[ID_BYTES];
    }

    /** Nanoseconds, moved so that times before 1970 sort first. */
    private static long nanos(Instant time) {
        return Times.toEpochNanos(time) ^ Long.MIN_VALUE;
    }

    private static Instant time(byte[] key, int at) {
        return Times.ofEpochNanos(ByteBuffer.wrap(key).getLong(at) ^ Long.MIN_VALUE);
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] of(char table, byte[]... parts) {
        int length = 1;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer key = ByteBuffer.allocate(length).put((byte) table);
        for (byte[] part : parts) {
            key.put(part);
        }
        return key.array();
    }
}
