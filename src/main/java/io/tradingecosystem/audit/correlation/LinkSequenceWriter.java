package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.links.SequenceRecord;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;

import java.util.ArrayList;
import java.util.List;

/** What was found, in its order, for watchers. For the one thread that links. */
final class LinkSequenceWriter {
    /** So many of the last can be watched from behind. */
    static final int MAX_SEQUENCES = 100_000;

    /** Of a record, so that whoever wants a few need not read many. */
    private static final int MAX_ENTRIES = 1_024;

    private final StoreTransaction transaction;
    private final LinkCounters counters;
    private final List<byte[]> entries = new ArrayList<>();

    /** No record is left up to here. */
    private long removedTo;

    LinkSequenceWriter(StoreTransaction transaction, LinkCounters counters) {
        this.transaction = transaction;
        this.counters = counters;
    }

    void add(byte[] entry) {
        counters.sequence++;
        entries.add(entry);
        if (entries.size() == MAX_ENTRIES) {
            put();
        }
    }

    /** Writes what was added, and removes what is too long ago; before each commit. */
    void write() {
        put();
        long gone = counters.sequence - MAX_SEQUENCES;
        if (gone >= removedTo + MAX_ENTRIES) {
            remove(gone);
        }
    }

    private void put() {
        if (!entries.isEmpty()) {
            transaction.put(LinkKeys.sequence(counters.sequence), SequenceRecord.write(entries));
            entries.clear();
        }
    }

    private void remove(long gone) {
        transaction.scan(
                KeyBuilder.table('q'),
                LinkKeys.sequence(removedTo + 1),
                (key, value) -> {
                    boolean old = LinkKeys.number(key) <= gone;
                    if (old) {
                        transaction.delete(key);
                    }
                    return old;
                });
        removedTo = gone;
    }
}
