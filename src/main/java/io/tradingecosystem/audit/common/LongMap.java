package io.tradingecosystem.audit.common;

import org.jspecify.annotations.Nullable;

/**
 * A hash table from numbers to objects, without an object for each number and each pair, because
 * hundreds of thousands of them would be what the garbage collector copies most. Open addressing
 * with linear probing; what is removed is closed up (Knuth, The Art of Computer Programming 3, 6.4,
 * algorithm R), so it does not slow down with use. For one thread.
 *
 * <p>The JDK and Caffeine have maps from objects only.
 *
 * @param <V> of the values
 */
public final class LongMap<V> {
    private static final int MIN_CAPACITY = 16;

    /**
     * 2⁶⁴ divided by the golden ratio: spreads numbers that are close together (6.4 there, too).
     */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private long[] keys = new long[MIN_CAPACITY];
    private @Nullable Object[] values = new Object[MIN_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The value of a key; null if there is none. */
    @SuppressWarnings("unchecked") // Only put writes values.
    @Nullable
    public V get(long key) {
        return (V) values[place(key)];
    }

    public void put(long key, V value) {
        int place = place(key);
        if (values[place] == null) {
            if (2 * size >= keys.length) {
                resize(2 * keys.length);
                place = place(key);
            }
            keys[place] = key;
            size++;
        }
        values[place] = value;
    }

    public void remove(long key) {
        int hole = place(key);
        if (values[hole] == null) {
            return;
        }
        for (int i = next(hole); values[i] != null; i = next(i)) {
            boolean mayMoveIntoTheHole = distance(home(keys[i]), i) >= distance(hole, i);
            if (mayMoveIntoTheHole) {
                keys[hole] = keys[i];
                values[hole] = values[i];
                hole = i;
            }
        }
        values[hole] = null;
        size--;
        if (size < keys.length / 16 && keys.length > MIN_CAPACITY) {
            resize(Math.max(MIN_CAPACITY, keys.length / 4));
        }
    }

    private int place(long key) {
        int place = home(key);
        while (values[place] != null && keys[place] != key) {
            place = next(place);
        }
        return place;
    }

    /** The highest bits of the product, as many as there are in a place. */
    private int home(long key) {
        return (int) ((key * SPREAD) >>> (Long.SIZE - Integer.numberOfTrailingZeros(keys.length)));
    }

    private int next(int place) {
        return (place + 1) & (keys.length - 1);
    }

    /** How many steps it is from a place to another, around the end if need be. */
    private int distance(int from, int to) {
        return (to - from) & (keys.length - 1);
    }

    private void resize(int capacity) {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[capacity];
        values = new Object[capacity];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}
