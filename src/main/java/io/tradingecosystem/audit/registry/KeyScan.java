package io.tradingecosystem.audit.registry;

import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the keys that may hold a record, in one SCAN over all keys. Where there are more than can
 * be kept, the first by their text are, whatever the order in which Redis gives them. Not
 * thread-safe.
 */
final class KeyScan {
    private static final ScanParams SCAN =
            new ScanParams().match(RegistryKey.SCAN_PATTERN).count(1_000);
    private static final int MAX_LENGTH = 32 << 20;

    private final int max;
    private final TreeSet<String> keys = new TreeSet<>();
    private long length;
    private int dropped;

    /**
     * @param max at most so many keys are kept
     */
    KeyScan(int max) {
        this.max = max;
    }

    /** Looks at all keys, once. */
    KeyScan run(RedisClient client) {
        String cursor = ScanParams.SCAN_POINTER_START;
        boolean more = true;
        while (more) {
            ScanResult<String> page = client.scan(cursor, SCAN);
            page.getResult().stream().filter(RegistryKey::mayHoldRecord).forEach(this::add);
            cursor = page.getCursor();
            more = !page.isCompleteIteration();
        }
        return this;
    }

    /** The keys that may hold a record, in order. */
    SortedSet<String> keys() {
        return keys;
    }

    /** How many more there are. */
    int dropped() {
        return dropped;
    }

    private void add(String key) {
        if (keys.add(key)) {
            length += key.length();
        }
        while (keys.size() > max || length > MAX_LENGTH) {
            length -= keys.removeLast().length();
            dropped++;
        }
    }
}
