package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The windows, verdicts and counts, as kept in a projection. Changes collect until {@link #commit}.
 * For the one thread that judges; {@link VerdictStoreReader} reads beside it.
 */
final class VerdictStoreWriter {
    private static final int CACHED_WINDOWS = 4_096;

    private final StoreTransaction transaction;
    private final VerdictTimers timers;
    private final WindowIndex index;
    private final long maxWindows;
    private final List<Verdict> made = new ArrayList<>();
    private final Map<String, Window> cache =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                    return size() > CACHED_WINDOWS;
                }
            };
    private final VerdictCounters counters;
    private long position;

    private VerdictStoreWriter(Projection projection, long maxWindows) {
        this.transaction = new StoreTransaction(projection);
        this.timers = new VerdictTimers(transaction);
        this.index = new WindowIndex(transaction);
        this.maxWindows = maxWindows;
        this.position = transaction.position();
        this.counters =
                transaction
                        .json(VerdictKeys.counters())
                        .map(VerdictCounters::read)
                        .orElseGet(VerdictCounters::new);
    }

    static VerdictStoreWriter of(Projection projection, long maxWindows) {
        return new VerdictStoreWriter(projection, maxWindows);
    }

    long position() {
        return position;
    }

    void position(long newPosition) {
        position = newPosition;
    }

    VerdictCounters counters() {
        return counters;
    }

    Optional<Window> window(String verdictId) {
        Window cached = cache.get(verdictId);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Window> stored =
                transaction.json(VerdictKeys.window(verdictId)).map(Window::fromJson);
        stored.ifPresent(window -> cache.put(verdictId, window));
        return stored;
    }

    /** Adds a window with the keys by which it is found. */
    Window open(Window window, List<byte[]> joins) {
        Window numbered =
                new Window(
                        counters.opened++,
                        window.expectation(),
                        window.expectationVersion(),
                        window.occurrence(),
                        window.evidence(),
                        window.verdict(),
                        window.due());
        index.add(numbered, joins);
        counters.windows++;
        counters.open++;
        numbered.due().ifPresent(due -> timers.arm(due, window.occurrence().verdictId()));
        write(numbered);
        count(numbered.verdict(), Optional.empty());
        return numbered;
    }

    /** Replaces a window. A verdict of a new version is kept beside the older ones. */
    void replace(Window before, Window after) {
        String id = after.occurrence().verdictId();
        if (!before.due().equals(after.due())) {
            before.due().ifPresent(due -> timers.disarm(due, id));
            after.due().ifPresent(due -> timers.arm(due, id));
        }
        write(after);
        if (before.verdict().version() == after.verdict().version()) {
            return;
        }
        if (before.verdict().version() == 0) {
            counters.open--;
        }
        Verdict verdict = after.verdict();
        counters.sequence++;
        transaction.put(VerdictKeys.version(id, verdict.version()), VerdictJson.write(verdict));
        transaction.put(VerdictKeys.sequence(counters.sequence), VerdictJson.write(verdict));
        transaction.put(VerdictKeys.unpublished(counters.sequence), new byte[0]);
        transaction.delete(VerdictKeys.sequence(counters.sequence - 2 * maxWindows));
        count(verdict, Optional.of(before.verdict()));
        made.add(verdict);
    }

    private void write(Window window) {
        cache.put(window.occurrence().verdictId(), window);
        transaction.put(VerdictKeys.window(window.occurrence().verdictId()), window.toJson());
    }

    private void count(Verdict now, Optional<Verdict> before) {
        byte[] coverage = VerdictKeys.coverage(now.expectation());
        transaction.put(coverage, Tally.count(transaction.json(coverage), now, before));
        if (!now.scenarioId().isEmpty()) {
            byte[] scenario = VerdictKeys.scenario(now.scenarioId());
            transaction.put(scenario, Tally.count(transaction.json(scenario), now, before));
        }
    }

    /** By what windows are found. */
    WindowIndex index() {
        return index;
    }

    /** When windows are to be judged. */
    VerdictTimers timers() {
        return timers;
    }

    /** Visits every window, the one opened first first. */
    void oldest(Consumer<Window> visitor) {
        transaction.scan(
                'q',
                (key, id) -> {
                    visitor.accept(window(VerdictKeys.verdictId(id)).orElseThrow());
                    return true;
                });
    }

    /** Visits windows, the one opened last first, until {@code visitor} returns false. */
    void latest(Predicate<Window> visitor) {
        transaction.scan(
                'n', (key, id) -> visitor.test(window(VerdictKeys.verdictId(id)).orElseThrow()));
    }

    void put(byte[] key, JsonNode value) {
        transaction.put(key, value);
    }

    void delete(byte[] key) {
        transaction.delete(key);
    }

    Optional<JsonNode> get(byte[] key) {
        return transaction.json(key);
    }

    /** Visits the committed records of a table. */
    void scan(char table, BiPredicate<byte[], byte[]> visitor) {
        transaction.scan(table, visitor);
    }

    /** Deletes what is behind the first so many of a table. */
    void keepFirst(char table, int max) {
        int[] seen = {0};
        transaction.scan(
                table,
                (key, value) -> {
                    if (++seen[0] > max) {
                        transaction.delete(key);
                    }
                    return true;
                });
    }

    boolean changed() {
        return !transaction.isEmpty();
    }

    /** Commits what has changed, and the position. Gives the verdicts that were made. */
    List<Verdict> commit() {
        while (counters.windows > maxWindows) {
            evictOldest();
        }
        transaction.put(VerdictKeys.counters(), counters.toJson());
        transaction.commit(position);
        List<Verdict> done = List.copyOf(made);
        made.clear();
        return done;
    }

    /** Makes room; a window that was still open is lost with it, and counted. */
    private void evictOldest() {
        // Windows go in the order in which they came, so what is left has no holes.
        byte[] oldest =
                transaction
                        .bytes(VerdictKeys.oldest(counters.opened - counters.windows))
                        .orElseThrow();
        String id = VerdictKeys.verdictId(oldest);
        Window window = window(id).orElseThrow();
        cache.remove(id);
        if (window.verdict().version() == 0) {
            counters.open--;
        }
        counters.windows--;
        counters.evicted++;
        remove(window);
    }

    private void remove(Window window) {
        Occurrence occurrence = window.occurrence();
        String id = occurrence.verdictId();
        index.remove(window);
        window.due().ifPresent(due -> timers.disarm(due, id));
        for (int version = 1; version <= window.verdict().version(); version++) {
            transaction.delete(VerdictKeys.version(id, version));
        }
        transaction.delete(VerdictKeys.window(id));
        if (!occurrence.scenarioId().isEmpty()) {
            byte[] scenario = VerdictKeys.scenario(occurrence.scenarioId());
            Tally.discount(transaction.json(scenario).orElseThrow(), window.verdict())
                    .ifPresentOrElse(
                            left -> transaction.put(scenario, left),
                            () -> transaction.delete(scenario));
        }
    }
}
