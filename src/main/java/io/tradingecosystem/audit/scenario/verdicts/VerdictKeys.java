package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.KeyReader;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of the {@code scenario} projection. The first byte names the table:
 *
 * <pre>
 * w id                    the window of an occurrence with its verdict; id is 16 bytes
 * v id version            the versions of the verdict before that
 * n ~opened               blocks of ids, newest first, each by the first that was opened
 * T end id                blocks of verdicts that are final, in the order in which they are to go,
 *                         each by the first
 * Q finished              what earlier versions had instead of T: blocks of ids, each by the last
 * c hash ~opened          the same as n by scenario_id
 * e hash ~opened          the same as n by expectation
 * P name 0 version        the joins of each version that is watched
 * B, C                    the events of joins, and how many they are, as the room matching has them
 * t due id                blocks of timers, each by the first
 * s sequence              blocks of verdicts in the order in which they were made, for watchers,
 *                         each by the last
 * x name                  expectations in force
 * y name                  expectations that were withdrawn
 * h name 0 version        every version of an expectation that was in force
 * g from hash             times in which events may have been lost
 * l                       the time before which those are not known any more
 * S hash                  when a source was heard
 * W hash time id          windows that the silence of a source left open
 * A service               when a service was dead
 * H service               what was heard of each service
 * j                       what is known of all of these
 * k expectation           coverage
 * r scenario_id           chaos runs
 * R ~last scenario_id     chaos runs by their last trigger
 * u name 0 position part  late events whose windows were not all looked for
 * f ~occurred_at hash     alerts without a scenario or cause
 * d                       how many of those were forgotten
 * M id                    what was counted of runs that have one verdict
 * O id state at trigger   the occurrences of a run that failed, or cannot be told
 * N ~opened               the same as n, of windows that count for the verdict of a run
 * U end id                the same as T, of these
 * q finished              what earlier versions had instead of U
 * E number                runs of which only the end came so far, in order
 * G id                    runs whose verdicts are not kept any more
 * D id measure hash       the values of an attribute that a run has
 * b hash                  the last verdict on a run by an expectation
 * m                       counters
 * a                       when we were last alive
 * z event                 settings and semantics, from the event on that said so
 * </pre>
 *
 * <p>{@code ~} is what is read backwards, as {@link KeyBuilder} has it, {@code hash} the first
 * eight bytes of a SHA-256.
 */
public final class VerdictKeys {
    /** The table of runs by time. */
    public static final char RUN_TIMES = 'R';

    /** The table of services that were heard. */
    public static final char HEARD = 'H';

    /** The table of services that were dead. */
    public static final char DEAD = 'A';

    private static final int ID_BYTES = 16;
    private static final int HASH_BYTES = 8;

    private VerdictKeys() {}

    public static byte[] counters() {
        return KeyBuilder.table('m');
    }

    public static byte[] alive() {
        return KeyBuilder.table('a');
    }

    public static byte[] window(String verdictId) {
        return KeyBuilder.of('w').octets(octets(verdictId)).bytes();
    }

    public static byte[] version(String verdictId, int version) {
        return KeyBuilder.of('v').octets(octets(verdictId)).whole(version).bytes();
    }

    static byte[] versions(String verdictId) {
        return KeyBuilder.of('v').octets(octets(verdictId)).bytes();
    }

    /** What was counted of a run. */
    public static byte[] run(String verdictId) {
        return KeyBuilder.of('M').octets(octets(verdictId)).bytes();
    }

    /** That a run was whose verdict is not kept any more. */
    public static byte[] goneRun(String verdictId) {
        return KeyBuilder.of('G').octets(octets(verdictId)).bytes();
    }

    /** The occurrences of a run that did not pass. */
    public static byte[] offenders(String verdictId) {
        return KeyBuilder.of('O').octets(octets(verdictId)).bytes();
    }

    /** A value that a measure of a run told apart from others. */
    public static byte[] distinct(String verdictId, int measure, String value) {
        byte[] hash = Arrays.copyOf(Digest.of(value), ID_BYTES);
        return KeyBuilder.behind(distinct(verdictId)).whole(measure).octets(hash).bytes();
    }

    /** All of these of a run. */
    public static byte[] distinct(String verdictId) {
        return KeyBuilder.of('D').octets(octets(verdictId)).bytes();
    }

    /** By what the last verdict on a run is found. */
    public static byte[] lastOfRun(String expectation, String scenarioId) {
        byte[] hash = Arrays.copyOf(Digest.of(expectation, scenarioId), ID_BYTES);
        return KeyBuilder.of('b').octets(hash).bytes();
    }

    /** The place of a run of which only the end came. */
    public static byte[] earlyEnd(long number) {
        return KeyBuilder.of('E').number(number).bytes();
    }

    public static byte[] watched(String expectation, String version) {
        return KeyBuilder.of('P').text(expectation).octets(new byte[1]).text(version).bytes();
    }

    public static byte[] ofScenario(String scenarioId) {
        return KeyBuilder.of('c').octets(hash(scenarioId)).bytes();
    }

    public static byte[] ofExpectation(String expectation) {
        return KeyBuilder.of('e').octets(hash(expectation)).bytes();
    }

    /**
     * A block of what is ordered by time.
     *
     * @param table t, or T and U for what is final
     */
    public static byte[] timer(char table, Instant due, String verdictId) {
        return KeyBuilder.of(table).time(due).octets(octets(verdictId)).bytes();
    }

    public static Instant timerDue(byte[] key) {
        return KeyReader.of(key).time();
    }

    public static String timerId(byte[] key) {
        return verdictId(KeyReader.of(key).skip(Long.BYTES).octets(ID_BYTES));
    }

    public static byte[] sequence(long sequence) {
        return KeyBuilder.of('s').number(sequence).bytes();
    }

    /** The number at the end of a key of windows in the order of opening. */
    public static long opened(byte[] key) {
        return KeyReader.last(key, 1).descending();
    }

    /** The first key behind all that begin with a prefix. */
    public static byte[] behindAll(byte[] prefix) {
        byte[] behind = prefix.clone();
        int at = behind.length - 1;
        while (++behind[at] == 0) {
            at--;
        }
        return behind;
    }

    /** Reads a number that is a page token. */
    static long parseNumber(String token) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw InvalidQuestionException.pageToken(token);
        }
    }

    /** The first key with a prefix whose number is at most {@code opened}. */
    static byte[] behind(byte[] prefix, long opened) {
        return KeyBuilder.behind(prefix).descending(opened).bytes();
    }

    /** The id behind the table's letter. */
    public static byte[] id(byte[] key) {
        return KeyReader.of(key).octets(ID_BYTES);
    }

    /** The number behind the table's letter. */
    public static long number(byte[] key) {
        return KeyReader.of(key).number();
    }

    /** The text behind the table's letter. */
    public static String text(byte[] key) {
        return KeyReader.of(key).text();
    }

    public static byte[] inForce(String expectation) {
        return KeyBuilder.of('x').text(expectation).bytes();
    }

    public static byte[] withdrawn(String expectation) {
        return KeyBuilder.of('y').text(expectation).bytes();
    }

    public static byte[] definition(String expectation, String version) {
        return KeyBuilder.of('h').text(expectation).octets(new byte[1]).text(version).bytes();
    }

    public static byte[] gap(Gap gap) {
        byte[] hash = hash(gap.reason(), gap.to().toString());
        return KeyBuilder.of('g').time(gap.from()).octets(hash).bytes();
    }

    public static byte[] unknownGaps() {
        return KeyBuilder.table('l');
    }

    public static byte[] source(String source) {
        return KeyBuilder.of('S').octets(hash(source)).bytes();
    }

    /**
     * A window by the {@link #hash} of the source and when its trigger occurred, in nanoseconds.
     */
    public static byte[] silenced(byte[] source, long at, String verdictId) {
        return KeyBuilder.of('W').octets(source).time(at).octets(octets(verdictId)).bytes();
    }

    /** The source of either key, as a number. */
    public static long sourceHash(byte[] key) {
        return KeyReader.of(key).number();
    }

    public static long silencedAt(byte[] key) {
        return KeyReader.of(key).skip(HASH_BYTES).nanos();
    }

    public static String silencedId(byte[] key) {
        return verdictId(KeyReader.of(key).skip(HASH_BYTES + Long.BYTES).octets(ID_BYTES));
    }

    public static byte[] heard(String service) {
        return KeyBuilder.of(HEARD).text(service).bytes();
    }

    public static byte[] dead(String service) {
        return KeyBuilder.of(DEAD).text(service).bytes();
    }

    public static byte[] heardTotals() {
        return KeyBuilder.table('j');
    }

    public static byte[] coverage(String expectation) {
        return KeyBuilder.of('k').text(expectation).bytes();
    }

    public static byte[] scenario(String scenarioId) {
        return KeyBuilder.of('r').text(scenarioId).bytes();
    }

    public static byte[] runTime(Instant last, String scenarioId) {
        return KeyBuilder.of(RUN_TIMES).latestFirst(last).text(scenarioId).bytes();
    }

    /** The run of a key of {@link #RUN_TIMES}. */
    static String runOfTime(byte[] key) {
        return KeyReader.of(key).skip(Long.BYTES).text();
    }

    public static byte[] suspect(Instant occurredAt, String eventId) {
        return KeyBuilder.of('f').latestFirst(occurredAt).octets(hash(eventId)).bytes();
    }

    public static Instant suspectTime(byte[] key) {
        return Times.ofEpochNanos(KeyReader.of(key).latestFirst());
    }

    public static byte[] unsearched(String expectation, long position, String part) {
        return KeyBuilder.behind(unsearched(expectation)).number(position).text(part).bytes();
    }

    static byte[] unsearched(String expectation) {
        return KeyBuilder.of('u').text(expectation).octets(new byte[1]).bytes();
    }

    /** The expectation of such an event. */
    public static String unsearchedOf(byte[] key) {
        String text = text(key);
        return text.substring(0, text.indexOf(0));
    }

    public static byte[] forgottenAlerts() {
        return KeyBuilder.table('d');
    }

    public static byte[] hash(String... texts) {
        return Arrays.copyOf(Digest.of(texts), HASH_BYTES);
    }

    /** What {@link #octets} wrote. */
    public static String verdictId(byte[] octets) {
        return "verdict-" + Hex.text(octets);
    }

    /** The 16 bytes behind {@code verdict-}; an id of another form is nobody's. */
    public static byte[] octets(String verdictId) {
        String digits = verdictId.substring(verdictId.indexOf('-') + 1);
        if (!Hex.isHex(digits, 2 * ID_BYTES)) {
            return new byte[ID_BYTES];
        }
        ByteWriter octets = new ByteWriter(ID_BYTES);
        Hex.write(digits, octets);
        return octets.array();
    }

    /** The 16 bytes of each, one behind the other. */
    public static byte[] octets(List<String> verdictIds) {
        byte[] all = new byte[verdictIds.size() * ID_BYTES];
        for (int i = 0; i < verdictIds.size(); i++) {
            System.arraycopy(octets(verdictIds.get(i)), 0, all, i * ID_BYTES, ID_BYTES);
        }
        return all;
    }

    /** What {@link #octets(List)} wrote. */
    public static List<String> verdictIds(byte[] octets) {
        List<String> ids = new ArrayList<>();
        for (int at = 0; at < octets.length; at += ID_BYTES) {
            ids.add(verdictId(Arrays.copyOfRange(octets, at, at + ID_BYTES)));
        }
        return ids;
    }
}
