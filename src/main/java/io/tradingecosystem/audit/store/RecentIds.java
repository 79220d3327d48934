package io.tradingecosystem.audit.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ids that were committed last, because a batch that was planned a moment ago has not seen
 * them. Two generations: when the young one is full, the old one is forgotten; so it is known from
 * where on all are here, which a cache such as Caffeine's does not tell. Used by one thread.
 */
final class RecentIds {
    private static final int GENERATION = 1 << 15;

    private Map<String, Long> young = new HashMap<>();
    private Map<String, Long> old = new HashMap<>();
    private long youngSince;
    private long since;

    /**
     * @param position the last position in the log
     */
    RecentIds(long position) {
        forget(position);
    }

    /** Whether all ids behind a position are here. */
    boolean coverFrom(long position) {
        return position >= since;
    }

    void add(String id, long position) {
        if (young.size() >= GENERATION) {
            old = young;
            since = youngSince;
            young = HashMap.newHashMap(GENERATION);
            youngSince = position - 1;
        }
        young.put(id, position);
    }

    Optional<Long> position(String id) {
        Long position = young.get(id);
        return Optional.ofNullable(position != null ? position : old.get(id));
    }

    /** Forgets all; positions from here on are known again. */
    void forget(long position) {
        young = new HashMap<>();
        old = new HashMap<>();
        since = position;
        youngSince = position;
    }
}
