package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock.Numbered;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The windows with the versions of their verdicts, on record; the heap has those that were used
 * lately. For one thread.
 */
final class Windows {
    private static final int MAX_CACHED = 65_536;

    private final StoreTransaction transaction;
    private final Map<String, Window> changed = new LinkedHashMap<>();
    private final Map<String, Window> cache =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                    return size() > MAX_CACHED;
                }
            };

    Windows(StoreTransaction transaction) {
        this.transaction = transaction;
    }

    /** The window of a verdict, if it is kept. */
    Optional<Window> find(String verdictId) {
        Window known = changed.get(verdictId);
        if (known == null) {
            known = cache.get(verdictId);
        }
        return known == null ? stored(verdictId) : Optional.of(known);
    }

    /** What was removed since the last commit is not asked for again: ids are used once. */
    private Optional<Window> stored(String verdictId) {
        Optional<Window> stored =
                transaction
                        .committed(VerdictKeys.window(verdictId))
                        .map(bytes -> Window.read(verdictId, bytes, verdict(verdictId, bytes)));
        stored.ifPresent(window -> cache.put(verdictId, window));
        return stored;
    }

    private KeptVerdict verdict(String id, byte[] window) {
        byte[] here = WindowRecord.verdict(window);
        boolean apart = WindowRecord.isApart(window);
        int version = WindowRecord.standing(window).version();
        byte[] packed =
                here.length > 0
                        ? here
                        : transaction.committed(VerdictKeys.version(id, version)).orElseThrow();
        return KeptVerdict.packed(id, packed, apart && version > 0);
    }

    /** Keeps a window as it is now. */
    void put(Window window) {
        changed.put(window.verdictId(), window);
    }

    /** The same, with a new version of its verdict beside that from before. */
    void amend(Window before, Window after) {
        if (before.standing().version() > 0) {
            transaction.put(version(before), before.verdict().bytes());
        }
        put(after);
    }

    /** Forgets a window with all versions. */
    void remove(Window window) {
        String id = window.verdictId();
        changed.remove(id);
        cache.remove(id);
        for (int version = 1; version < window.standing().version(); version++) {
            transaction.delete(VerdictKeys.version(id, version));
        }
        if (window.verdict().isApart()) {
            transaction.delete(version(window));
        }
        transaction.delete(VerdictKeys.window(id));
    }

    private static byte[] version(Window window) {
        return VerdictKeys.version(window.verdictId(), window.standing().version());
    }

    /**
     * Visits windows: those that changed since the last commit, then the others, the one opened
     * last first, until {@code visitor} returns false.
     */
    void latest(Predicate<Window> visitor) {
        // Whatever it says of one of these, the others may be newer.
        new ArrayList<>(changed.values()).removeIf(visitor);
        latest('n', visitor);
        latest('N', visitor);
    }

    private void latest(char table, Predicate<Window> visitor) {
        transaction.scan(
                table,
                (key, block) -> {
                    for (Numbered each : IdBlock.read(VerdictKeys.opened(key), block).reversed()) {
                        if (!find(each.verdictId()).map(visitor::test).orElse(true)) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /** Whether there is something to {@link #flush}. */
    boolean isEmpty() {
        return changed.isEmpty();
    }

    /** Writes what is to be committed. */
    void flush() {
        for (Window window : changed.values()) {
            if (window.verdict().isApart()) {
                transaction.delete(version(window));
            }
            transaction.put(VerdictKeys.window(window.verdictId()), window.bytes());
            cache.put(window.verdictId(), window.packed());
        }
        changed.clear();
    }
}
