package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.store.Append.AppendFate;
import io.tradingecosystem.audit.store.Append.Plan;

import java.util.concurrent.atomic.LongAdder;

/** What the log did since it was opened. Thread-safe. */
final class Counts {
    private final StoreObserver observer;
    private final LongAdder stored = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder displaced = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder busy = new LongAdder();

    Counts(StoreObserver observer) {
        this.observer = observer;
    }

    void committed(int events, int size, long nanos) {
        stored.add(events);
        commits.increment();
        bytes.add(size);
        observer.committed(events, nanos);
    }

    void answered(Plan plan) {
        for (AppendFate fate : plan.fates()) {
            switch (fate) {
                case AppendFate.New isNew -> {}
                case AppendFate.Again again ->
                        (again.sameContent() ? duplicates : conflicts).increment();
                case AppendFate.Known known -> known(known.outcome());
            }
        }
    }

    private void known(AppendOutcome outcome) {
        switch (outcome) {
            case AppendOutcome.Duplicate duplicate -> duplicates.increment();
            case AppendOutcome.Conflict conflict -> conflicts.increment();
            case AppendOutcome.Stored stored -> {}
            case AppendOutcome.Undecided undecided -> {}
        }
    }

    void busy() {
        busy.increment();
    }

    long stored() {
        return stored.sum();
    }

    long duplicates() {
        return duplicates.sum();
    }

    void displace() {
        displaced.increment();
    }

    long displaced() {
        return displaced.sum();
    }

    long conflicts() {
        return conflicts.sum();
    }

    long commits() {
        return commits.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    long refusals() {
        return busy.sum();
    }
}
