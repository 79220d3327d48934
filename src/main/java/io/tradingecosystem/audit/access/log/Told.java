package io.tradingecosystem.audit.access.log;

/**
 * How much somebody was told. Immutable.
 *
 * @param items events, links, verdicts, or what else the route has
 * @param first the first of their positions; 0 where they have none
 * @param last the last
 */
record Told(long items, long first, long last) {
    static final Told NOTHING = new Told(0, 0, 0);

    /** Both together. */
    Told and(Told more) {
        return new Told(
                items + more.items,
                first == 0 || more.first == 0 ? first + more.first : Math.min(first, more.first),
                Math.max(last, more.last));
    }
}
