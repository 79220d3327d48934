package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.MadeRecord;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The windows, verdicts and counts, as kept in a projection. Changes collect until {@link #commit}.
 * For the one thread that judges; {@link
 * io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader} reads beside it.
 */
final class VerdictStoreWriter {
    private static final int CACHED_WINDOWS = 65_536;
    private static final int MIN_FORGOTTEN = 1_000;

    private final StoreTransaction transaction;
    private final VerdictTimers timers;
    private final WindowIndex index;
    private final RunTimes runs;
    private long maxVerdicts;
    private final List<Made> made = new ArrayList<>();
    private final Map<String, Window> changed = new LinkedHashMap<>();
    private final Map<TallyKey, Optional<Tally>> tallies = new LinkedHashMap<>();
    private final Map<String, Window> cache =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                    return size() > CACHED_WINDOWS;
                }
            };
    private final VerdictCounters counters;
    private Runnable beforeCommit = () -> {};
    private long position;
    private boolean moved;

    private VerdictStoreWriter(Projection projection, long maxVerdicts) {
        this.transaction = new StoreTransaction(projection);
        this.index = new WindowIndex(transaction);
        this.runs = new RunTimes(transaction);
        this.maxVerdicts = maxVerdicts;
        this.position = transaction.position();
        Optional<JsonNode> stored = transaction.json(VerdictKeys.counters());
        this.counters = stored.map(VerdictCounters::read).orElseGet(VerdictCounters::new);
        this.timers = new VerdictTimers(transaction, this::commit);
        if (stored.filter(VerdictCounters::areOfOld).isPresent()) {
            new Upgrade(transaction, counters).run(this::window);
        }
    }

    /**
     * What is counted.
     *
     * @param run whether it is a chaos run, not an expectation
     * @param name its id, or name
     */
    private record TallyKey(boolean run, String name) {
        byte[] bytes() {
            return run ? VerdictKeys.scenario(name) : VerdictKeys.coverage(name);
        }
    }

    static VerdictStoreWriter of(Projection projection, long maxVerdicts) {
        return new VerdictStoreWriter(projection, maxVerdicts);
    }

    StoreTransaction transaction() {
        return transaction;
    }

    /** From here on so many final verdicts are kept. */
    void maxVerdicts(long max) {
        maxVerdicts = max;
    }

    /** What others have to write with each commit. */
    void beforeCommit(Runnable writes) {
        beforeCommit = writes;
    }

    long position() {
        return position;
    }

    void position(long newPosition) {
        position = newPosition;
        moved = true;
    }

    VerdictCounters counters() {
        return counters;
    }

    Optional<Window> window(String verdictId) {
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
                        .map(bytes -> Window.read(verdictId, bytes));
        stored.ifPresent(window -> cache.put(verdictId, window));
        return stored;
    }

    /** The verdict of a window as it stands. */
    Verdict verdict(Window window) {
        return window.verdict().orElseGet(() -> stored(window));
    }

    private Verdict stored(Window window) {
        String id = window.verdictId();
        int version = window.standing().version();
        Optional<Verdict> verdict =
                version == 0
                        ? transaction
                                .committed(VerdictKeys.window(id))
                                .flatMap(WindowRecord::verdict)
                        : transaction
                                .committed(VerdictKeys.version(id, version))
                                .map(json -> VerdictJson.read(JsonRecord.read(json)));
        return verdict.orElseThrow().asFinal(window.standing().isFinal());
    }

    /** Adds a window. */
    void open(Window window) {
        Window numbered = window.opened(counters.opened++);
        index.add(numbered);
        counters.windows++;
        counters.open++;
        counters.unfinished++;
        numbered.due().ifPresent(due -> timers.arm(due, numbered.verdictId()));
        changed.put(numbered.verdictId(), numbered);
        count(numbered.verdict().orElseThrow(), Optional.empty());
    }

    /** Replaces a window. A verdict of a new version is kept beside the older ones. */
    void replace(Window before, Window after) {
        String id = after.verdictId();
        if (!before.due().equals(after.due())) {
            before.due().ifPresent(due -> timers.disarm(due, id));
            after.due().ifPresent(due -> timers.arm(due, id));
        }
        changed.put(id, after);
        boolean fresh = before.standing().version() != after.standing().version();
        boolean finished = after.standing().isFinal() && !before.standing().isFinal();
        if (fresh) {
            if (before.standing().version() == 0) {
                counters.open--;
            }
            tell(after);
            made(after.verdict().orElseThrow(), before.standing().status());
        } else if (finished) {
            tell(after);
        }
        if (finished) {
            finish(after);
        } else if (before.standing().isFinal() && !after.standing().isFinal()) {
            counters.unfinished++;
        }
    }

    private void made(Verdict verdict, Status before) {
        byte[] json = JsonRecord.write(VerdictJson.write(verdict));
        transaction.put(VerdictKeys.version(verdict.id(), verdict.version()), json);
        made.add(new Made(counters.sequence, verdict));
        count(verdict, Optional.of(before));
    }

    /** For those who watch. */
    private void tell(Window window) {
        counters.sequence++;
        transaction.put(
                VerdictKeys.sequence(counters.sequence),
                MadeRecord.of(window.verdictId(), window.standing()));
    }

    /** Final verdicts go in the order in which they became so. */
    private void finish(Window window) {
        counters.unfinished--;
        byte[] id = VerdictKeys.octets(window.verdictId());
        transaction.put(VerdictKeys.finished(counters.finished++), id);
        while (counters.finished - counters.evicted > maxVerdicts) {
            evict(VerdictKeys.finished(counters.evicted++));
        }
    }

    private void evict(byte[] place) {
        Optional<Window> oldest =
                transaction.bytes(place).map(VerdictKeys::verdictId).flatMap(this::window);
        transaction.delete(place);
        oldest.ifPresent(this::remove);
    }

    private void remove(Window window) {
        String id = window.verdictId();
        counters.windows--;
        changed.remove(id);
        cache.remove(id);
        index.remove(window);
        window.due().ifPresent(due -> timers.disarm(due, id));
        for (int version = 1; version <= window.standing().version(); version++) {
            transaction.delete(VerdictKeys.version(id, version));
        }
        transaction.delete(VerdictKeys.window(id));
        String run = window.occurrence().scenarioId();
        if (!run.isEmpty()) {
            TallyKey key = new TallyKey(true, run);
            tallies.put(key, tally(key).flatMap(Tally::withoutOne));
        }
    }

    private void count(Verdict now, Optional<Status> before) {
        count(new TallyKey(false, now.expectation()), now, before);
        if (!now.scenarioId().isEmpty()) {
            count(new TallyKey(true, now.scenarioId()), now, before);
        }
    }

    private void count(TallyKey key, Verdict now, Optional<Status> before) {
        tallies.put(key, Optional.of(Tally.count(tally(key), now, before)));
    }

    private Optional<Tally> tally(TallyKey key) {
        Optional<Tally> known = tallies.get(key);
        return known != null
                ? known
                : transaction.committed(key.bytes()).map(JsonRecord::read).map(Tally::fromJson);
    }

    /** When windows are to be judged. */
    VerdictTimers timers() {
        return timers;
    }

    /**
     * Visits windows: those that changed since the last commit, then the others, the one opened
     * last first, until {@code visitor} returns false.
     */
    void latest(Predicate<Window> visitor) {
        // Whatever it says of one of these, the others may be newer.
        new ArrayList<>(changed.values()).removeIf(visitor);
        transaction.scan(
                'n',
                (key, id) -> window(VerdictKeys.verdictId(id)).map(visitor::test).orElse(true));
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

    /** Whether there is anything to commit but the position. */
    boolean changed() {
        return !transaction.isEmpty() || !changed.isEmpty();
    }

    /** Commits what has changed, and the position. */
    void commit() {
        if (!changed() && !moved) {
            return;
        }
        beforeCommit.run();
        changed.forEach(
                (id, window) -> {
                    transaction.put(VerdictKeys.window(id), window.bytes());
                    cache.put(id, window.withoutVerdict());
                });
        changed.clear();
        tallies.forEach(this::write);
        tallies.clear();
        forget();
        transaction.put(VerdictKeys.counters(), counters.toJson());
        transaction.commit(position);
        moved = false;
    }

    private void write(TallyKey key, Optional<Tally> tally) {
        tally.ifPresentOrElse(
                some -> transaction.put(key.bytes(), some.toJson()),
                () -> transaction.delete(key.bytes()));
        if (key.run()) {
            runs.change(key.name(), tally);
        }
    }

    /** So many of the last verdicts can be watched from behind; the others go many at once. */
    private void forget() {
        long gone = counters.sequence - 2 * maxVerdicts;
        if (gone - counters.forgotten >= MIN_FORGOTTEN) {
            transaction.deleteRange(
                    VerdictKeys.sequence(counters.forgotten), VerdictKeys.sequence(gone));
            counters.forgotten = gone;
        }
    }

    /** Notes how far verdicts are in the log. */
    void published(long sequence) {
        counters.published = sequence;
        moved = true;
        commit();
    }

    /** The verdicts that were made since this was asked, in their order. */
    List<Made> takeMade() {
        List<Made> taken = List.copyOf(made);
        made.clear();
        return taken;
    }
}
