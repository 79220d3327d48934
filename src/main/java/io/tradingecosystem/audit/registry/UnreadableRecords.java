package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;

import java.util.HashSet;
import java.util.Set;

/** Records that could not be read; each is said once while it stands. Not thread-safe. */
final class UnreadableRecords {
    private static final EventLogger LOG = EventLogger.of(UnreadableRecords.class);
    private static final int REMEMBERED = 1_000;

    private final Set<String> said = new HashSet<>();
    private final Set<String> current = new HashSet<>();
    private int count;

    void begin() {
        current.clear();
        count = 0;
    }

    void add(String key, String reason) {
        count++;
        if (current.size() < REMEMBERED) {
            current.add(key);
            if (said.add(key)) {
                LOG.warn("registry.unreadable_record", "key", key, "reason", reason);
            }
        }
    }

    /** Forgets those that were mended, and gives the count. */
    int end() {
        said.retainAll(current);
        return count;
    }
}
