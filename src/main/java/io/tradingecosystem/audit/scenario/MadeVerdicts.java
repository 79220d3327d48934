package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock;
import io.tradingecosystem.audit.scenario.verdicts.MadeRecord;
import io.tradingecosystem.audit.scenario.verdicts.MadeRecord.Entry;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;

import java.util.ArrayList;
import java.util.List;

/** The verdicts that were made or became final, for those who watch. For one thread. */
final class MadeVerdicts {
    private static final int MIN_FORGOTTEN = 1_000;

    private final StoreTransaction transaction;
    private final VerdictCounters counters;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Made> made = new ArrayList<>();

    MadeVerdicts(StoreTransaction transaction, VerdictCounters counters) {
        this.transaction = transaction;
        this.counters = counters;
    }

    /** Tells that a window's verdict was made, or became final. */
    void tell(Window window) {
        counters.sequence++;
        entries.add(new Entry(window.verdictId(), window.standing()));
    }

    /** Notes what was told last as a verdict that was made. */
    void made(Verdict verdict) {
        made.add(new Made(counters.sequence, verdict));
    }

    /** The verdicts that were made since this was asked, in their order. */
    List<Made> take() {
        List<Made> taken = List.copyOf(made);
        made.clear();
        return taken;
    }

    /**
     * Writes what is to be committed.
     *
     * @param kept so many of the last can be watched from behind; the others go many at once
     */
    void flush(long kept) {
        long last = counters.sequence - entries.size();
        for (List<Entry> part : IdBlock.cut(entries)) {
            last += part.size();
            transaction.put(VerdictKeys.sequence(last), MadeRecord.of(part));
        }
        entries.clear();
        forget(counters.sequence - kept);
    }

    private void forget(long gone) {
        if (gone - counters.forgotten >= MIN_FORGOTTEN) {
            transaction.deleteRange(
                    VerdictKeys.sequence(counters.forgotten), VerdictKeys.sequence(gone));
            counters.forgotten = gone;
        }
    }
}
