package io.tradingecosystem.audit.scenario;

import java.time.Instant;

/** A window that is to be judged at a time; by that in order. */
record Timer(Instant due, String verdictId) implements Comparable<Timer> {
    /** Before all others. */
    static final Timer FIRST = new Timer(Instant.MIN, "");

    /** Behind all others. */
    static final Timer NONE = new Timer(Instant.MAX, "");

    @Override
    public int compareTo(Timer other) {
        int order = due.compareTo(other.due);
        return order == 0 ? verdictId.compareTo(other.verdictId) : order;
    }
}
