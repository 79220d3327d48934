package io.tradingecosystem.audit.api;

import io.tradingecosystem.audit.api.Live.Batch;
import io.tradingecosystem.audit.api.Live.Lost;
import io.tradingecosystem.audit.store.LogDamagedException;

import java.util.List;

/** Reads what is followed, and goes round what cannot be read. */
final class LiveReading {
    private LiveReading() {}

    /**
     * What stands behind a place: as much as is asked for, or, before what cannot be read, less.
     * What cannot be read is an entry of its own.
     */
    static <T> Batch<T> after(Live<T> live, long place, int limit) {
        try {
            return live.after(place, limit);
        } catch (LogDamagedException e) {
            return limit > 1 ? after(live, place, 1) : round(live, place, e);
        }
    }

    private static <T> Batch<T> round(Live<T> live, long place, LogDamagedException damaged) {
        if (place >= live.last()) {
            return new Batch<>(List.of(), place);
        }
        long lost = place + 1;
        while (lost < live.last() && !isReadable(live, lost)) {
            lost++;
        }
        Lost<T> entry = new Lost<>(place + 1, lost, damaged.damage().toString());
        return new Batch<>(List.of(entry), lost);
    }

    private static boolean isReadable(Live<?> live, long behind) {
        try {
            return live.after(behind, 1).upTo() >= behind;
        } catch (LogDamagedException e) {
            return false;
        }
    }
}
