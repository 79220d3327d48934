package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.projection.KeyBuilder;

/**
 * Removes the records of spans whose events left the log, a few at a time: their order is not that
 * of the log, so all of them are looked at. For the one thread that links.
 */
final class SpanSweep {
    /** Looked at in one step, in some milliseconds. */
    private static final int STEP = 20_000;

    private final LinkStoreWriter writer;
    private int table;
    private byte[] from = {};
    private int seen;

    SpanSweep(LinkStoreWriter writer) {
        this.writer = writer;
    }

    /**
     * Goes on, and begins anew behind the last table.
     *
     * @param first the oldest position that is left
     * @return whether it went behind the last table
     */
    boolean step(long first) {
        seen = 0;
        while (seen < STEP && table < LinkKeys.SPAN_TABLES.size()) {
            sweep(LinkKeys.SPAN_TABLES.get(table), first);
        }
        boolean done = table == LinkKeys.SPAN_TABLES.size();
        table = done ? 0 : table;
        return done;
    }

    private void sweep(char name, long first) {
        writer.scan(
                KeyBuilder.table(name),
                from,
                (key, value) -> {
                    if (LinkKeys.eventOfSpan(key) < first) {
                        writer.delete(key);
                    }
                    from = KeyBuilder.next(key);
                    return ++seen < STEP;
                });
        if (seen < STEP) {
            table++;
            from = new byte[0];
        }
    }
}
