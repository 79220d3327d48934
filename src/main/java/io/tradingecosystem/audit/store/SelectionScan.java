package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventFetch.Fetched;
import io.tradingecosystem.audit.store.EventIndex.Query;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goes through the events of a selection, of which it holds a few in memory at a time, however many
 * there are. It lets go of the database again and again, so that whoever closes it need not wait
 * for the end. One thread.
 */
final class SelectionScan {
    /** So many places are looked up at once; a bucket of time with more is gone through again. */
    private static final int PLACES = 8_192;

    /** Events are fetched so many at a time, and fewer where they are large. */
    private static final int AT_ONCE = 512;

    private static final int FIRST_AT_ONCE = 64;
    private static final int FETCH_BYTES = 1 << 20;

    private final Database database;
    private final Segments segments;
    private final Query query;
    private final Predicate<AuditEvent> taker;
    private Optional<IndexPosition> behind;
    private int read;
    private int atOnce = FIRST_AT_ONCE;

    /**
     * A scan.
     *
     * @param taker gets one event after another, and says whether to go on
     */
    SelectionScan(Database database, Segments segments, Query query, Predicate<AuditEvent> taker) {
        this.database = database;
        this.segments = segments;
        this.query = query;
        this.taker = taker;
        this.behind = IndexPosition.parse(query.pageToken());
    }

    private enum Step {
        ON,
        STOPPED,
        AT_END
    }

    /** Where to go on; empty where there is nothing more. */
    String run() {
        Step step = Step.ON;
        while (step == Step.ON) {
            LogUnavailableException.requireCaller();
            step = database.use(this::step);
        }
        return step == Step.AT_END ? "" : behind.map(IndexPosition::token).orElse("");
    }

    private Step step(Tables tables) throws RocksDBException {
        try (PostingScan scan = PostingScan.open(tables, segments, query)) {
            for (int taken = 0; taken < PLACES; ) {
                List<IndexPosition> places =
                        scan.next(behind.orElseGet(scan::start), PLACES, AT_ONCE);
                if (places.isEmpty()) {
                    return Step.AT_END;
                }
                if (take(tables, places)) {
                    return hasMore(scan, places) ? Step.STOPPED : Step.AT_END;
                }
                taken += places.size();
            }
            return Step.ON;
        }
    }

    private boolean hasMore(PostingScan scan, List<IndexPosition> places) throws RocksDBException {
        return !isAt(places.getLast()) || !scan.next(places.getLast(), 1).isEmpty();
    }

    private boolean isAt(IndexPosition place) {
        return behind.filter(place::equals).isPresent();
    }

    /** Takes the events at places; true if it was told to stop. */
    private boolean take(Tables tables, List<IndexPosition> places) throws RocksDBException {
        for (int at = 0; at < places.size(); ) {
            LogUnavailableException.requireCaller();
            List<IndexPosition> some = places.subList(at, Math.min(places.size(), at + atOnce));
            if (takeSome(tables, some)) {
                return true;
            }
            at += some.size();
        }
        return false;
    }

    private boolean takeSome(Tables tables, List<IndexPosition> places) throws RocksDBException {
        List<Fetched> fetched =
                EventFetch.of(tables, places.stream().map(IndexPosition::position).toList());
        for (int i = 0; i < fetched.size(); i++) {
            behind = Optional.of(places.get(i));
            if (isLast(fetched.get(i).event())) {
                return true;
            }
        }
        adapt(fetched);
        return false;
    }

    private boolean isLast(@Nullable AuditEvent event) {
        if (event == null || !query.selection().key().isOf(event)) {
            return false;
        }
        read++;
        return !taker.test(event) || read >= query.limit();
    }

    /** So many that they take about as much memory as they may. */
    private void adapt(List<Fetched> fetched) {
        long size = 1;
        for (Fetched each : fetched) {
            size += each.size();
        }
        atOnce = Math.clamp((long) FETCH_BYTES * fetched.size() / size, 1, AT_ONCE);
    }
}
