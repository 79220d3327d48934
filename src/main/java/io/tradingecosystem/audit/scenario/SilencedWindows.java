package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The windows that could not be judged, as a source was silent: those a later sign of life may
 * change. Of more than {@link #MAX} the earliest stay as they are. For one thread.
 */
final class SilencedWindows {
    static final int MAX = 10_000;

    private final VerdictStoreWriter writer;
    private final byte[] source;
    private final NavigableSet<Waiting> waiting =
            new TreeSet<>(Comparator.comparingLong(Waiting::at).thenComparing(Waiting::verdictId));

    SilencedWindows(VerdictStoreWriter writer, String source) {
        this.writer = writer;
        this.source = VerdictKeys.hash(source);
    }

    /** A window, by when its trigger occurred. */
    private record Waiting(long at, String verdictId) {}

    /** Knows again what was committed. */
    void restore(byte[] key) {
        waiting.add(new Waiting(VerdictKeys.silencedAt(key), VerdictKeys.silencedId(key)));
    }

    /** Notes how a window stands now. */
    void note(Occurrence occurrence, boolean silenced) {
        note(occurrence.trigger().at(), occurrence.verdictId(), silenced);
    }

    /**
     * Notes how a verdict stands now.
     *
     * @param at by what time it is found
     */
    void note(long at, String verdictId, boolean silenced) {
        Waiting window = new Waiting(at, verdictId);
        if (silenced) {
            add(window);
        } else if (waiting.remove(window)) {
            writer.delete(key(window));
        }
    }

    private void add(Waiting window) {
        if (waiting.add(window)) {
            writer.transaction().put(key(window), new byte[1]);
        }
        while (waiting.size() > MAX) {
            writer.delete(key(waiting.removeFirst()));
        }
    }

    private byte[] key(Waiting window) {
        return VerdictKeys.silenced(source, window.at(), window.verdictId());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Visits the windows whose triggers occurred in a time, both ends included. */
    void visit(long from, long to, Consumer<String> visitor) {
        waiting.subSet(new Waiting(from, ""), true, new Waiting(to, "~"), true)
                .forEach(window -> visitor.accept(window.verdictId()));
    }
}
