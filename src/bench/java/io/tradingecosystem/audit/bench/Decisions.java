package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Notes how each trigger was last judged, by the number at the end of its id. Told by one thread;
 * what it is told before {@link #decided} is read is seen by whoever reads that.
 */
final class Decisions implements VerdictObserver {
    private static final int SOME = 1 << 16;

    private byte[] statuses = new byte[SOME];
    private final AtomicInteger decided = new AtomicInteger();

    @Override
    public void made(Verdict verdict) {
        int number = number(verdict.triggerId());
        if (number >= statuses.length) {
            statuses = Arrays.copyOf(statuses, 2 * number);
        }
        boolean first = statuses[number] == 0;
        statuses[number] = (byte) (1 + verdict.status().ordinal());
        if (first) {
            decided.incrementAndGet();
        }
    }

    /** How many triggers were judged. */
    int decided() {
        return decided.get();
    }

    /** How many of them stand at this now. */
    int count(Status status) {
        int count = 0;
        for (int i = 0; decided() > 0 && i < statuses.length; i++) {
            count += statuses[i] == 1 + status.ordinal() ? 1 : 0;
        }
        return count;
    }

    /** The number at the end of an id. */
    static int number(String id) {
        return Integer.parseInt(id, id.lastIndexOf('-') + 1, id.length(), 10);
    }

    /** How many were judged of how many, and how; for people. */
    String of(int triggers) {
        int passed = count(Status.PASSED);
        int failed = count(Status.FAILED);
        return "%,d of %,d passed, %,d failed, %,d without a verdict"
                .formatted(passed, triggers, failed, triggers - decided());
    }
}
