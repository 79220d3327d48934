package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Hash;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.KeyReader;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of the {@code correlation} projection. The first byte names the table:
 *
 * <pre>
 * d effect                            records of causes: what is known about an effect's causes
 * c cause occurred_at effect          effects by cause, in the order of their occurred_at
 * t ~occurred_at ~effect              effects, the newest first
 * r hash ~occurred_at ~effect         effects by kind and rule, the newest first
 * s span occurred_at id event         events of a span, by hashes of the span and of the id, but for
 *                                     the one whose id is the span's: its id finds it
 * h span occurred_at effect           effects that name a span as their cause, by its hash
 * b ~bucket ~effect                   effects that name the parent of their span, the newest first,
 *                                     in {@link ParentEffects}
 * n ~occurred_at ~effect              the same, a record for each, of logs of format 2
 * l ~occurred_at ~effect              effects that have links to spans, the newest first
 * q sequence                          links in the order in which they were found, for watchers,
 *                                     and events of spans, of which links follow: up to this place,
 *                                     in {@link SequenceRecord}
 * p event                             checkpoints: what is remembered of some events, by the first
 * x number                            rules in force
 * y number                            rules that were in force, with where that ended
 * w name                              rules that were withdrawn, with the event that did it
 * k name                              how many links were found, by rule or kind
 * u side rule                         what was evicted of a side, and what of it was told
 * v occurred_at                       stretches over which links may be missing, by their start
 * g occurred_at                       stretches over which rules left links out, by their start
 * m                                   counters
 * z event                             settings and semantics, from the event on that said so
 * </pre>
 *
 * <p>Events stand as their position in the log, {@code ~} is what is read backwards, as {@link
 * KeyBuilder} has it, {@code hash} a {@link Hash}: what only has the same hash is sorted out when
 * it is read.
 */
public final class LinkKeys {
    public static final char CHECKPOINTS = 'p';
    public static final char EVICTED_SIDES = 'u';
    public static final char STRETCHES = 'v';
    public static final char CUT_STRETCHES = 'g';

    public static final char SPAN_EVENTS = 's';
    public static final char SPAN_EFFECTS = 'h';
    public static final char OF_PARENTS = 'n';
    public static final char BATCHES_OF_PARENTS = 'b';
    public static final char OF_SPAN_LINKS = 'l';

    /** What follows from spans, of each event by itself. */
    public static final List<Character> SPAN_TABLES =
            List.of(SPAN_EVENTS, SPAN_EFFECTS, OF_PARENTS, BATCHES_OF_PARENTS, OF_SPAN_LINKS);

    private static final byte[] NOWHERE = {};

    private LinkKeys() {}

    public static byte[] counters() {
        return KeyBuilder.table('m');
    }

    public static byte[] effectCauses(long effect) {
        return KeyBuilder.of('d').number(effect).bytes();
    }

    private static byte[] ofCause(long cause) {
        return KeyBuilder.of('c').number(cause).bytes();
    }

    /**
     * Behind which prefixes the effects of an event stand, in one order.
     *
     * @param span that the event stands for
     */
    static List<byte[]> ofCause(long cause, Optional<SpanKey> span) {
        return Stream.concat(Stream.of(ofCause(cause)), span.map(LinkKeys::ofSpan).stream())
                .toList();
    }

    public static byte[] ofCause(long cause, long effectAt, long effect) {
        return KeyBuilder.of('c').number(cause).time(effectAt).number(effect).bytes();
    }

    /** What stands behind the prefix of a {@code c} or {@code h} key. */
    static byte[] effect(long at, long effect) {
        return KeyBuilder.behind(NOWHERE).time(at).number(effect).bytes();
    }

    /** The effect of a {@code c} or {@code h} key. */
    static long effectOfCause(byte[] key) {
        return KeyReader.last(key, 1).number();
    }

    /** When the effect of a {@code c} or {@code h} key occurred. */
    static long atOfCause(byte[] key) {
        return KeyReader.last(key, 2).nanos();
    }

    public static byte[] spanEvent(SpanKey span, long at, String id, long event) {
        return KeyBuilder.behind(spanEvents(span))
                .time(at)
                .whole((int) Hash.add(Hash.SEED, id))
                .number(event)
                .bytes();
    }

    static byte[] spanEvents(SpanKey span) {
        return KeyBuilder.of(SPAN_EVENTS).number(span.hash()).bytes();
    }

    public static byte[] ofSpan(SpanKey span, long effectAt, long effect) {
        return KeyBuilder.behind(ofSpan(span)).time(effectAt).number(effect).bytes();
    }

    static byte[] ofSpan(SpanKey span) {
        return KeyBuilder.of(SPAN_EFFECTS).number(span.hash()).bytes();
    }

    public static byte[] ofParent(long effectAt, long effect) {
        return ofEvidence(KeyBuilder.table(OF_PARENTS), effectAt, effect);
    }

    public static byte[] ofSpanLink(long effectAt, long effect) {
        return ofEvidence(KeyBuilder.table(OF_SPAN_LINKS), effectAt, effect);
    }

    /** The event of a key of {@link #SPAN_TABLES}, or the last of its batch. */
    public static long eventOfSpan(byte[] key) {
        return key[0] == SPAN_EVENTS || key[0] == SPAN_EFFECTS
                ? KeyReader.last(key, 1).number()
                : effect(key);
    }

    public static byte[] newest(long effectAt, long effect) {
        return ofEvidence(KeyBuilder.table('t'), effectAt, effect);
    }

    public static byte[] ofEvidence(Evidence evidence) {
        long hash = Hash.add(Hash.add(Hash.SEED, evidence.kind().name()), evidence.name());
        return KeyBuilder.of('r').number(hash).bytes();
    }

    public static byte[] ofEvidence(byte[] prefix, long effectAt, long effect) {
        return KeyBuilder.behind(prefix).latestFirst(effectAt).descending(effect).bytes();
    }

    /** What stands behind the prefix of the first whose effects occurred then or before. */
    static byte[] newestFrom(long effectAt) {
        return KeyBuilder.behind(NOWHERE).latestFirst(effectAt).bytes();
    }

    /** When the effect of a {@code t}, {@code r}, {@code n} or {@code l} key occurred. */
    public static long effectAt(byte[] key) {
        return KeyReader.last(key, 2).latestFirst();
    }

    /** The effect of a {@code t}, {@code r}, {@code n} or {@code l} key. */
    public static long effect(byte[] key) {
        return KeyReader.last(key, 1).descending();
    }

    /** The key of what was found up to a place in the sequence. */
    public static byte[] sequence(long sequence) {
        return KeyBuilder.of('q').number(sequence).bytes();
    }

    public static byte[] checkpoint(long event) {
        return KeyBuilder.of(CHECKPOINTS).number(event).bytes();
    }

    public static byte[] rule(long number) {
        return KeyBuilder.of('x').number(number).bytes();
    }

    public static byte[] past(long number) {
        return KeyBuilder.of('y').number(number).bytes();
    }

    public static byte[] withdrawn(String rule) {
        return KeyBuilder.of('w').text(rule).bytes();
    }

    public static byte[] found(String label) {
        return KeyBuilder.of('k').text(label).bytes();
    }

    public static byte[] evictedSide(EvictedSide.Name name) {
        return KeyBuilder.of(EVICTED_SIDES).text(name.side() + " " + name.rule()).bytes();
    }

    /** The name in a key of {@link #EVICTED_SIDES}. */
    public static EvictedSide.Name evictedSide(byte[] key) {
        String[] parts = text(key).split(" ", 2);
        return new EvictedSide.Name(parts[1], parts[0]);
    }

    /**
     * A stretch.
     *
     * @param table {@link #STRETCHES} or {@link #CUT_STRETCHES}
     */
    public static byte[] stretch(char table, long since) {
        return KeyBuilder.of(table).time(since).bytes();
    }

    /** The start of a stretch, in nanoseconds since the epoch. */
    public static long since(byte[] key) {
        return KeyReader.of(key).nanos();
    }

    /** The text behind the table's letter. */
    public static String text(byte[] key) {
        return KeyReader.of(key).text();
    }

    /** The number behind the table's letter. */
    public static long number(byte[] key) {
        return KeyReader.of(key).number();
    }
}
