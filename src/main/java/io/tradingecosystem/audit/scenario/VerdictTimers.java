package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When windows are to be judged, on record and in order. The heap has the next ones only. For the
 * one thread that judges.
 */
final class VerdictTimers {
    private static final int MAX_NEAR = 50_000;
    private static final byte[] NOTHING = {};

    private final StoreTransaction transaction;
    private final Runnable commit;
    private final NavigableSet<Timer> near = new TreeSet<>(Timer.ORDER);

    /** Timers from here on are on record only. */
    private Timer far = Timer.NONE;

    /**
     * The timers as they were with the last commit.
     *
     * @param commit commits the transaction, so that all timers can be read
     */
    VerdictTimers(StoreTransaction transaction, Runnable commit) {
        this.transaction = transaction;
        this.commit = commit;
        read(KeyBuilder.table('t'));
    }

    /** A window that is to be judged at a time. */
    record Timer(Instant due, String verdictId) {
        static final Comparator<Timer> ORDER =
                Comparator.comparing(Timer::due).thenComparing(Timer::verdictId);
        private static final Timer NONE = new Timer(Instant.MAX, "");

        private static Timer read(byte[] key) {
            return new Timer(VerdictKeys.timerDue(key), VerdictKeys.timerId(key));
        }
    }

    void arm(Instant due, String verdictId) {
        Timer timer = new Timer(due, verdictId);
        transaction.put(VerdictKeys.timer(due, verdictId), NOTHING);
        if (Timer.ORDER.compare(timer, far) >= 0) {
            return;
        }
        near.add(timer);
        if (near.size() > MAX_NEAR) {
            far = near.pollLast();
        }
    }

    void disarm(Instant due, String verdictId) {
        transaction.delete(VerdictKeys.timer(due, verdictId));
        near.remove(new Timer(due, verdictId));
    }

    /** The earliest; to be asked between events only, as it may commit. */
    Optional<Timer> first() {
        if (near.isEmpty() && !far.equals(Timer.NONE)) {
            commit.run();
            byte[] from = VerdictKeys.timer(far.due(), far.verdictId());
            far = Timer.NONE;
            read(from);
        }
        return near();
    }

    /** The earliest of those in the heap. */
    Optional<Timer> near() {
        return near.isEmpty() ? Optional.empty() : Optional.of(near.first());
    }

    private void read(byte[] from) {
        transaction.scan(
                KeyBuilder.table('t'),
                from,
                (key, value) -> {
                    Timer timer = Timer.read(key);
                    boolean room = near.size() < MAX_NEAR / 2;
                    if (room) {
                        near.add(timer);
                    } else {
                        far = timer;
                    }
                    return room;
                });
    }

    /** The ids of all windows that wait for something, the most urgent first. */
    List<String> waiting() {
        commit.run();
        List<String> ids = new ArrayList<>();
        transaction.scan(
                't',
                (key, value) -> {
                    ids.add(VerdictKeys.timerId(key));
                    return true;
                });
        return ids;
    }
}
