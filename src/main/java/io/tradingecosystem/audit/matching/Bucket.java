package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.matching.JoinStore.SideId;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events of one side and one stretch of time, by key. For one thread. */
final class Bucket implements JoinStore.Counted {
    private static final int IN_A_HOLD = 8;

    private final JoinStore store;
    private final SideId side;
    private final long number;
    private final Map<JoinHash, List<JoinedEvent>> runs = new HashMap<>();

    /** Whether the store has keys that are not among {@link #runs}. */
    private boolean spilled;

    private long size;
    private int cached;

    private Bucket(JoinStore store, SideId side, long number, long size, boolean spilled) {
        this.store = store;
        this.side = side;
        this.number = number;
        this.size = size;
        this.spilled = spilled;
    }

    /** How long a bucket is of what is held for a time, both in nanoseconds. */
    static long length(long hold) {
        return Math.max(1, hold / IN_A_HOLD);
    }

    static Bucket empty(JoinStore store, SideId side, long number) {
        return new Bucket(store, side, number, 0, false);
    }

    /** A bucket that the store has. */
    static Bucket stored(JoinStore store, SideId side, long number, long size) {
        return new Bucket(store, side, number, size, true);
    }

    @Override
    public SideId side() {
        return side;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public long size() {
        return size;
    }

    /** The events with a key, in the order of time. */
    List<JoinedEvent> run(JoinHash key) {
        List<JoinedEvent> run = runs.get(key);
        if (run == null && spilled) {
            run = store.run(side, number, key);
            runs.put(key, run);
            cache(run.size() + 1);
        }
        return run == null ? List.of() : run;
    }

    /** Adds an event; whether it was not there. */
    boolean add(JoinHash key, JoinedEvent event) {
        List<JoinedEvent> run = run(key);
        JoinedEvent own = store.interned(event);
        int last = run.size() - 1;
        boolean behind = last < 0 || JoinedEvent.ORDER.compare(run.get(last), own) < 0;
        int place =
                behind ? -run.size() - 1 : Collections.binarySearch(run, own, JoinedEvent.ORDER);
        if (place >= 0) {
            return false;
        }
        runs.put(key, with(run, -place - 1, own));
        cache(1);
        size++;
        store.put(side, number, key, own);
        store.count(this);
        return true;
    }

    /** Most keys have one event, which is worth a smaller list. */
    private static List<JoinedEvent> with(List<JoinedEvent> run, int place, JoinedEvent event) {
        if (run.isEmpty()) {
            return List.of(event);
        }
        List<JoinedEvent> more = run instanceof ArrayList ? run : new ArrayList<>(run);
        more.add(place, event);
        return more;
    }

    private void cache(int events) {
        cached += events;
        store.cache(events);
    }

    /** Frees the heap; what it held must be committed. */
    int uncache() {
        int freed = cached;
        runs.clear();
        cache(-freed);
        spilled |= size > 0;
        return freed;
    }

    void drop() {
        uncache();
        store.drop(this);
    }
}
