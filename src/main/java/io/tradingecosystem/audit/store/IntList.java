package io.tradingecosystem.audit.store;

import java.util.Arrays;

/**
 * Whole numbers in order, because the JDK has none that grows and is read by place without an
 * object for each. Not thread-safe.
 */
final class IntList {
    private int[] values;
    private int size;

    IntList(int capacity) {
        this.values = new int[capacity];
    }

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }
}
