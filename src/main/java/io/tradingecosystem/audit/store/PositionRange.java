package io.tradingecosystem.audit.store;

/**
 * Positions in a row.
 *
 * @param from the first
 * @param to the last
 */
record PositionRange(long from, long to) {

    boolean overlaps(long first, long last) {
        return from <= last && first <= to;
    }
}
