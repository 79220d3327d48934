package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;

import java.util.OptionalLong;

/**
 * What of a run is not known, or not any more, so that its verdict says so. All of it but {@link
 * #mayHaveRemoved} is the same in whatever order the events came. For one thread.
 */
public final class RunUnknowns {
    private static final int FORGOTTEN = 2;
    private static final int ANEW = 4;
    private static final int CUT = 8;
    private static final int UNSEARCHED = 16;
    private static final int GONE = 32;

    private long removedTo;
    private long unsure;
    private boolean forgotten;
    private boolean cut;
    private boolean unsearched;
    private OptionalLong anewFrom = OptionalLong.empty();
    private OptionalLong goneBefore = OptionalLong.empty();

    RunUnknowns() {}

    /** Notes that a trigger, and all before it, may not be kept any more. */
    public void removed(long position) {
        removedTo = Math.max(removedTo, position);
    }

    /** Whether a trigger may be one that is not kept any more. */
    public boolean mayHaveRemoved(long position) {
        return position <= removedTo;
    }

    /** Counts an event that would amend an occurrence which is not kept any more. */
    public void unsure() {
        unsure++;
    }

    /** How many events came for occurrences that are not kept any more. */
    public long countUnsure() {
        return unsure;
    }

    /** Notes that what came of it before its first trigger may not be known any more. */
    public void forgotten() {
        forgotten = true;
    }

    /** Whether that is so. */
    public boolean isForgotten() {
        return forgotten;
    }

    /** Notes that it begins anew behind a place in the log: its verdict is not kept any more. */
    public void anew(long position) {
        anewFrom = OptionalLong.of(position);
    }

    /** Whether it began before, and what came of it then is not known any more. */
    public boolean isAnew() {
        return anewFrom.isPresent();
    }

    /** Whether an occurrence is of what is not known any more. */
    public boolean isBefore(long position) {
        return anewFrom.isPresent() && position <= anewFrom.getAsLong();
    }

    /** Notes that this version of its expectation was not in force when it began. */
    public void cut() {
        cut = true;
    }

    /** Whether that is so. */
    public boolean isCut() {
        return cut;
    }

    /** Notes that more was recorded before it was heard of than is looked for. */
    public void unsearched() {
        unsearched = true;
    }

    /** Whether that is so. */
    public boolean isUnsearched() {
        return unsearched;
    }

    /**
     * Notes that what was recorded before a time, in nanoseconds since the epoch, was not in the
     * log any more when it was heard of.
     */
    public void gone(long before) {
        goneBefore = OptionalLong.of(before);
    }

    /** That time; empty if nothing that may be of it was gone. */
    public OptionalLong goneBefore() {
        return goneBefore;
    }

    /** Flags of {@link RunState#bytes} that are none of its own. */
    int flags() {
        return (forgotten ? FORGOTTEN : 0)
                | (anewFrom.isPresent() ? ANEW : 0)
                | (cut ? CUT : 0)
                | (unsearched ? UNSEARCHED : 0)
                | (goneBefore.isPresent() ? GONE : 0);
    }

    void writeCounts(ByteWriter out) {
        out.varint(removedTo).varint(unsure);
    }

    void writeAnew(ByteWriter out) {
        anewFrom.ifPresent(out::varint);
        goneBefore.ifPresent(out::number);
    }

    void readCounts(ByteReader in) {
        removedTo = in.varint();
        unsure = in.varint();
    }

    void readAnew(int flags, ByteReader in) {
        forgotten = (flags & FORGOTTEN) != 0;
        cut = (flags & CUT) != 0;
        unsearched = (flags & UNSEARCHED) != 0;
        anewFrom = (flags & ANEW) != 0 ? OptionalLong.of(in.varint()) : OptionalLong.empty();
        goneBefore = (flags & GONE) != 0 ? OptionalLong.of(in.number()) : OptionalLong.empty();
    }
}
