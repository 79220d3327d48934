package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;

import java.util.HashSet;
import java.util.Set;

/**
 * Records that could not be read; each is said once while it stands, and no more than {@value
 * #SAID} of them: beyond that, only that there are more. Not thread-safe.
 */
final class UnreadableRecords {
    private static final EventLogger LOG = EventLogger.of(UnreadableRecords.class);
    private static final int SAID = 20;

    private final Set<String> said = new HashSet<>();
    private final Set<String> current = new HashSet<>();
    private boolean saidMore;
    private int count;

    void begin() {
        current.clear();
        count = 0;
    }

    void add(String key, String reason) {
        count++;
        boolean news = !said.contains(key);
        if (!news || said.size() < SAID) {
            current.add(key);
            said.add(key);
            if (news) {
                LOG.warn("registry.unreadable_record", "key", key, "reason", reason);
            }
        }
    }

    int count() {
        return count;
    }

    /** Forgets those that were mended, and gives the count. */
    int end() {
        said.retainAll(current);
        boolean more = count > said.size();
        if (more && !saidMore) {
            LOG.warn("registry.more_unreadable_records", "count", count, "named", said.size());
        }
        saidMore = more;
        return count;
    }
}
