package io.tradingecosystem.audit.access.log;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Answers that are the same but for their time, together. The first of its kind is due after {@link
 * #FIRST}, so that who asks something new stands on disk soon; what follows after {@link #REPEATED}
 * each, so that one who asks again and again takes few lines. The table is bounded: questions of
 * one asker on one route past {@value #MAX_OF_ROUTE} are folded into one without keys, and those
 * past {@value #MAX} into one without an address; neither loses how much was told to whom.
 * Thread-safe; it takes tenths of a microsecond.
 */
final class AccessTable {
    static final Duration FIRST = Duration.ofSeconds(2);
    static final Duration REPEATED = Duration.ofMinutes(1);

    /** How many different questions of one asker on one route have a line each. */
    static final int MAX_OF_ROUTE = 100;

    /** How many lines there may be at once; those that are folded may be as many again. */
    static final int MAX = 2_000;

    private static final int MAX_SPINS = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Sum> sums = new HashMap<>();
    private final Map<Question, Integer> ofRoutes = new HashMap<>();
    private long lost;

    private record Key(Question question, Answer answer) {}

    /** What came together since it was written last. */
    private static final class Sum {
        private long due;
        private boolean isEmpty = true;
        private long answers;
        private Told told = Told.NOTHING;
        private Instant first = Instant.EPOCH;
        private Instant last = Instant.EPOCH;

        Sum(long due) {
            this.due = due;
        }

        void add(Told more, long ended, Instant now) {
            first = isEmpty ? now : first;
            last = now;
            isEmpty = false;
            answers += ended;
            told = told.and(more);
        }

        AccessRecord take(Key key, long nextDue) {
            AccessRecord taken =
                    AccessRecord.of(key.question(), key.answer(), told, answers, first, last);
            due = nextDue;
            isEmpty = true;
            answers = 0;
            told = Told.NOTHING;
            return taken;
        }
    }

    /**
     * Adds to what is the same.
     *
     * @param answers how many ended: 0 where a stream goes on, else 1
     * @param tick monotonic time in nanoseconds
     */
    void add(Question question, Answer answer, Told told, long answers, Instant now, long tick) {
        Key key = new Key(question, answer);
        lock();
        try {
            Sum sum = find(key, tick);
            if (sum == null) {
                lost += Math.max(1, answers);
            } else {
                sum.add(told, answers, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** To be put aside and woken would cost more than all that is done while it is held. */
    private void lock() {
        for (int i = 0; i < MAX_SPINS; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    private @Nullable Sum find(Key key, long tick) {
        Sum known = sums.get(key);
        if (known != null) {
            return known;
        }
        Question question = key.question();
        Question route = question.anyKeys();
        if (sums.size() < MAX && ofRoutes.getOrDefault(route, 0) < MAX_OF_ROUTE) {
            ofRoutes.merge(route, 1, Integer::sum);
            return made(key, tick);
        }
        if (sums.size() < MAX || sums.containsKey(new Key(route, key.answer()))) {
            return foundOrMade(new Key(route, key.answer()), tick);
        }
        return foundOrMade(new Key(question.anyAddress(), key.answer()), tick);
    }

    private @Nullable Sum foundOrMade(Key key, long tick) {
        Sum known = sums.get(key);
        return known != null || sums.size() >= 2 * MAX ? known : made(key, tick);
    }

    private Sum made(Key key, long tick) {
        Sum made = new Sum(tick + FIRST.toNanos());
        sums.put(key, made);
        return made;
    }

    /**
     * Takes what is to be written.
     *
     * @param all whether all of it is, as at the end
     */
    List<AccessRecord> take(long tick, boolean all) {
        List<AccessRecord> due = new ArrayList<>();
        lock.lock();
        try {
            Iterator<Map.Entry<Key, Sum>> each = sums.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<Key, Sum> entry = each.next();
                Sum sum = entry.getValue();
                boolean isDue = all || tick - sum.due >= 0;
                if (isDue && sum.isEmpty) {
                    each.remove();
                    forget(entry.getKey().question());
                } else if (isDue) {
                    due.add(sum.take(entry.getKey(), tick + REPEATED.toNanos()));
                }
            }
        } finally {
            lock.unlock();
        }
        return due;
    }

    private void forget(Question question) {
        if (!question.folded()) {
            ofRoutes.computeIfPresent(
                    question.anyKeys(), (route, count) -> count == 1 ? null : count - 1);
        }
    }

    /** How many answers found no place, since the last time that this was asked. */
    long takeLost() {
        lock.lock();
        try {
            long taken = lost;
            lost = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
