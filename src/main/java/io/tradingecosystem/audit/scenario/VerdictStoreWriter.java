package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.Projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The windows, verdicts and counts, as kept in a projection. Changes collect until {@link #commit}.
 * For the one thread that judges; {@link VerdictStoreReader} reads beside it.
 */
final class VerdictStoreWriter {
    private static final int CACHED_WINDOWS = 4_096;

    private final Projection projection;
    private final StoreTransaction transaction;
    private final long maxWindows;
    private final NavigableSet<Timer> timers = new TreeSet<>(Timer.ORDER);
    private final List<Verdict> made = new ArrayList<>();
    private final Map<String, Window> cache =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                    return size() > CACHED_WINDOWS;
                }
            };
    private long opened;
    private long windows;
    private long open;
    private long sequence;
    private long evicted;
    private long position;

    private VerdictStoreWriter(Projection projection, long maxWindows) {
        this.projection = projection;
        this.transaction = new StoreTransaction(projection);
        this.maxWindows = maxWindows;
        this.position = projection.position();
        transaction
                .get(VerdictKeys.COUNTERS)
                .ifPresent(
                        counters -> {
                            opened = counters.required("opened").longValue();
                            windows = counters.required("windows").longValue();
                            open = counters.required("open").longValue();
                            sequence = counters.required("sequence").longValue();
                            evicted = counters.required("evicted").longValue();
                        });
        projection.scan(
                VerdictKeys.table('t'),
                VerdictKeys.table('t'),
                (key, value) ->
                        timers.add(new Timer(VerdictKeys.timerDue(key), VerdictKeys.timerId(key))));
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

    long open() {
        return open;
    }

    long windows() {
        return windows;
    }

    long evicted() {
        return evicted;
    }

    long sequence() {
        return sequence;
    }

    Optional<Window> window(String verdictId) {
        Window cached = cache.get(verdictId);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Window> stored =
                transaction.get(VerdictKeys.window(verdictId)).map(Window::fromJson);
        stored.ifPresent(window -> cache.put(verdictId, window));
        return stored;
    }

    /** Adds a window with the keys by which it is found. */
    Window open(Window window, List<byte[]> joins) {
        Window numbered =
                new Window(
                        opened++,
                        window.expectation(),
                        window.expectationVersion(),
                        window.occurrence(),
                        window.evidence(),
                        window.verdict(),
                        window.due());
        Occurrence occurrence = window.occurrence();
        byte[] id = VerdictKeys.bytesOf(occurrence.verdictId());
        transaction.put(VerdictKeys.newest(numbered.opened()), id);
        transaction.put(VerdictKeys.oldest(numbered.opened()), id);
        transaction.put(VerdictKeys.ofExpectation(window.expectation(), numbered.opened()), id);
        if (!occurrence.scenarioId().isEmpty()) {
            transaction.put(VerdictKeys.ofScenario(occurrence.scenarioId(), numbered.opened()), id);
        }
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        var list = keys.putArray("joins");
        for (byte[] join : joins) {
            transaction.put(
                    VerdictKeys.join(join, occurrence.at(), occurrence.verdictId()), new byte[0]);
            list.add(join);
        }
        transaction.put(VerdictKeys.joins(occurrence.verdictId()), keys);
        windows++;
        open++;
        numbered.due().ifPresent(due -> arm(due, occurrence.verdictId()));
        write(numbered);
        count(numbered.verdict(), Optional.empty());
        return numbered;
    }

    /** Replaces a window. A verdict of a new version is kept beside the older ones. */
    void replace(Window before, Window after) {
        String id = after.occurrence().verdictId();
        if (!before.due().equals(after.due())) {
            before.due().ifPresent(due -> disarm(due, id));
            after.due().ifPresent(due -> arm(due, id));
        }
        write(after);
        if (before.verdict().version() == after.verdict().version()) {
            return;
        }
        if (before.verdict().version() == 0) {
            open--;
        }
        Verdict verdict = after.verdict();
        sequence++;
        transaction.put(VerdictKeys.version(id, verdict.version()), VerdictJson.write(verdict));
        transaction.put(VerdictKeys.sequence(sequence), VerdictJson.write(verdict));
        transaction.put(VerdictKeys.unpublished(sequence), new byte[0]);
        transaction.delete(VerdictKeys.sequence(sequence - 2 * maxWindows));
        count(verdict, Optional.of(before.verdict()));
        made.add(verdict);
    }

    private void arm(Instant due, String verdictId) {
        transaction.put(VerdictKeys.timer(due, verdictId), new byte[0]);
        timers.add(new Timer(due, verdictId));
    }

    private void disarm(Instant due, String verdictId) {
        transaction.delete(VerdictKeys.timer(due, verdictId));
        timers.remove(new Timer(due, verdictId));
    }

    private void write(Window window) {
        cache.put(window.occurrence().verdictId(), window);
        transaction.put(VerdictKeys.window(window.occurrence().verdictId()), window.toJson());
    }

    private void count(Verdict now, Optional<Verdict> before) {
        byte[] coverage = VerdictKeys.coverage(now.expectation());
        transaction.put(coverage, Tally.count(transaction.get(coverage), now, before));
        if (!now.scenarioId().isEmpty()) {
            byte[] scenario = VerdictKeys.scenario(now.scenarioId());
            transaction.put(scenario, Tally.count(transaction.get(scenario), now, before));
        }
    }

    /** The ids of windows with a join key whose trigger occurred in a range, oldest first. */
    List<String> joined(byte[] joinHash, Instant from, Instant to) {
        List<String> ids = new ArrayList<>();
        projection.scan(
                VerdictKeys.join(joinHash),
                VerdictKeys.joinFrom(joinHash, from),
                (key, value) -> {
                    boolean inside = !VerdictKeys.joinTime(key).isAfter(to);
                    if (inside) {
                        ids.add(VerdictKeys.joinId(key));
                    }
                    return inside;
                });
        return ids;
    }

    /** Visits every window, the one opened first first. */
    void oldest(Consumer<Window> visitor) {
        projection.scan(
                VerdictKeys.table('q'),
                VerdictKeys.table('q'),
                (key, id) -> {
                    visitor.accept(window(VerdictKeys.verdictId(id, 0)).orElseThrow());
                    return true;
                });
    }

    /** Visits windows, the one opened last first, until {@code visitor} returns false. */
    void latest(Predicate<Window> visitor) {
        projection.scan(
                VerdictKeys.table('n'),
                VerdictKeys.table('n'),
                (key, id) -> visitor.test(window(VerdictKeys.verdictId(id, 0)).orElseThrow()));
    }

    /** Whether there is any timer. */
    boolean isWaiting() {
        return !timers.isEmpty();
    }

    /** The earliest timer. */
    Optional<Timer> firstTimer() {
        return timers.isEmpty() ? Optional.empty() : Optional.of(timers.first());
    }

    /** The ids of all windows that wait for something, the most urgent first. */
    List<String> waiting() {
        return timers.stream().map(Timer::verdictId).toList();
    }

    void put(byte[] key, JsonNode value) {
        transaction.put(key, value);
    }

    void delete(byte[] key) {
        transaction.delete(key);
    }

    Optional<JsonNode> get(byte[] key) {
        return transaction.get(key);
    }

    /** Deletes what is behind the first so many of a table. */
    void keepFirst(char table, int max) {
        int[] seen = {0};
        projection.scan(
                VerdictKeys.table(table),
                VerdictKeys.table(table),
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
        while (windows > maxWindows) {
            evictOldest();
        }
        transaction.put(
                VerdictKeys.COUNTERS,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("opened", opened)
                        .put("windows", windows)
                        .put("open", open)
                        .put("sequence", sequence)
                        .put("evicted", evicted));
        transaction.commit(position);
        List<Verdict> done = List.copyOf(made);
        made.clear();
        return done;
    }

    /** Makes room; a window that was still open is lost with it, and counted. */
    private void evictOldest() {
        // Windows go in the order in which they came, so what is left has no holes.
        byte[] oldest = transaction.bytes(VerdictKeys.oldest(opened - windows)).orElseThrow();
        String id = VerdictKeys.verdictId(oldest, 0);
        Window window = window(id).orElseThrow();
        cache.remove(id);
        if (window.verdict().version() == 0) {
            open--;
        }
        windows--;
        evicted++;
        remove(window);
    }

    private void remove(Window window) {
        Occurrence occurrence = window.occurrence();
        String id = occurrence.verdictId();
        transaction
                .get(VerdictKeys.joins(id))
                .ifPresent(keys -> removeJoins(keys.required("joins"), occurrence));
        window.due().ifPresent(due -> disarm(due, id));
        for (int version = 1; version <= window.verdict().version(); version++) {
            transaction.delete(VerdictKeys.version(id, version));
        }
        transaction.delete(VerdictKeys.joins(id));
        transaction.delete(VerdictKeys.newest(window.opened()));
        transaction.delete(VerdictKeys.oldest(window.opened()));
        transaction.delete(VerdictKeys.ofExpectation(window.expectation(), window.opened()));
        transaction.delete(VerdictKeys.ofScenario(occurrence.scenarioId(), window.opened()));
        transaction.delete(VerdictKeys.window(id));
        if (!occurrence.scenarioId().isEmpty()) {
            byte[] scenario = VerdictKeys.scenario(occurrence.scenarioId());
            Tally.discount(transaction.get(scenario).orElseThrow(), window.verdict())
                    .ifPresentOrElse(
                            left -> transaction.put(scenario, left),
                            () -> transaction.delete(scenario));
        }
    }

    private void removeJoins(JsonNode joins, Occurrence occurrence) {
        for (JsonNode join : joins) {
            byte[] hash = StoreTransaction.bytes(join);
            transaction.delete(VerdictKeys.join(hash, occurrence.at(), occurrence.verdictId()));
        }
    }

    /** A window that is to be judged at a time. */
    record Timer(Instant due, String verdictId) {
        static final Comparator<Timer> ORDER =
                Comparator.comparing(Timer::due).thenComparing(Timer::verdictId);
    }
}
