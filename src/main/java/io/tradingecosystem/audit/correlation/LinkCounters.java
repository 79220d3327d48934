package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;

/** Numbers of the linker that go on over a restart. For one thread. */
final class LinkCounters {
    private static final long NOT_KNOWN = -1;

    /** The clock of the log: the latest recorded_at, in nanoseconds since the epoch. */
    long now;

    /** How many links were found. */
    long sequence;

    /** How many rules came into force. */
    long rules;

    /** How many events were forgotten before their time. */
    long evicted;

    /** The position of the last of them; no event before it is remembered. */
    long evictedTo;

    /** How many times a limit kept causes and an effect apart. */
    long cut;

    /** How many rules and links of the log made no sense. */
    long refused;

    /** Events of spans up to here came to a version that had no records of them. */
    long spansBefore = NOT_KNOWN;

    /** Up to where these have records now. */
    long spansUpTo;

    /** Events up to here came to a version that wrote a key for each of what is one record now. */
    long singlyTo = NOT_KNOWN;

    /** How many events could not be worked on, and were left out. */
    long skipped;

    /** Whether it is noted over which time a limit kept causes and effects apart. */
    boolean notesCuts;

    /** Where a version that had no such records came to. */
    void begin(long position) {
        if (spansBefore == NOT_KNOWN) {
            spansBefore = position;
        }
        if (singlyTo == NOT_KNOWN) {
            singlyTo = position;
        }
    }

    /** Whether the event at a position has the records that follow from its spans. */
    boolean knowsSpansAt(long position) {
        return position > spansBefore || position <= spansUpTo;
    }

    static LinkCounters read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        LinkCounters counters = new LinkCounters();
        counters.now = in.number();
        counters.sequence = in.number();
        counters.rules = in.number();
        counters.evicted = in.number();
        counters.cut = in.number();
        counters.refused = in.number();
        counters.evictedTo = in.hasMore() ? in.number() : 0;
        counters.spansBefore = in.hasMore() ? in.number() : NOT_KNOWN;
        counters.spansUpTo = in.hasMore() ? in.number() : 0;
        counters.singlyTo = in.hasMore() ? in.number() : NOT_KNOWN;
        counters.skipped = in.hasMore() ? in.number() : 0;
        counters.notesCuts = in.hasMore() && in.number() == 1;
        return counters;
    }

    byte[] bytes() {
        return new ByteWriter(88)
                .number(now)
                .number(sequence)
                .number(rules)
                .number(evicted)
                .number(cut)
                .number(refused)
                .number(evictedTo)
                .number(spansBefore)
                .number(spansUpTo)
                .number(singlyTo)
                .number(skipped)
                .number(notesCuts ? 1 : 0)
                .bytes();
    }
}
