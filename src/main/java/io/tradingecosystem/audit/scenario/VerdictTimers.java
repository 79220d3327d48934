package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** When windows are to be judged, on record and in order. For the one thread that judges. */
final class VerdictTimers {
    private static final byte[] NOTHING = {};

    private final StoreTransaction transaction;
    private final NavigableSet<Timer> timers = new TreeSet<>(Timer.ORDER);

    /** The timers as they were with the last commit. */
    VerdictTimers(StoreTransaction transaction) {
        this.transaction = transaction;
        transaction.scan(
                't',
                (key, value) ->
                        timers.add(new Timer(VerdictKeys.timerDue(key), VerdictKeys.timerId(key))));
    }

    /** A window that is to be judged at a time. */
    record Timer(Instant due, String verdictId) {
        static final Comparator<Timer> ORDER =
                Comparator.comparing(Timer::due).thenComparing(Timer::verdictId);
    }

    void arm(Instant due, String verdictId) {
        transaction.put(VerdictKeys.timer(due, verdictId), NOTHING);
        timers.add(new Timer(due, verdictId));
    }

    void disarm(Instant due, String verdictId) {
        transaction.delete(VerdictKeys.timer(due, verdictId));
        timers.remove(new Timer(due, verdictId));
    }

    boolean isEmpty() {
        return timers.isEmpty();
    }

    /** The earliest. */
    Optional<Timer> first() {
        return timers.isEmpty() ? Optional.empty() : Optional.of(timers.first());
    }

    /** The ids of all windows that wait for something, the most urgent first. */
    List<String> waiting() {
        return timers.stream().map(Timer::verdictId).toList();
    }
}
