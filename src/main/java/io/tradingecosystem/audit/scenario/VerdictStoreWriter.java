package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;
import io.tradingecosystem.audit.store.Projection;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The windows, verdicts and counts, as kept in a projection. Changes collect until {@link #commit}.
 * For the one thread that judges; {@link
 * io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader} reads beside it.
 */
final class VerdictStoreWriter {
    private final StoreTransaction transaction;
    private final VerdictCounters counters;
    private final Windows windows;
    private final WindowIndex index;
    private final VerdictTimers timers;
    private final MadeVerdicts made;
    private final FinishedVerdicts finished;
    private final Tallies tallies;
    private long maxVerdicts;
    private Runnable beforeCommit = () -> {};
    private long position;
    private boolean moved;

    private VerdictStoreWriter(Projection projection, long maxVerdicts) {
        this.transaction = new StoreTransaction(projection);
        this.maxVerdicts = maxVerdicts;
        this.position = transaction.position();
        Optional<JsonNode> stored = transaction.json(VerdictKeys.counters());
        this.counters = stored.map(VerdictCounters::read).orElseGet(VerdictCounters::new);
        this.windows = new Windows(transaction);
        this.index = new WindowIndex(transaction);
        this.timers = new VerdictTimers(transaction, this::commit, this::isArmed);
        this.made = new MadeVerdicts(transaction, counters);
        this.finished = new FinishedVerdicts(transaction, counters);
        this.tallies = new Tallies(transaction);
        if (stored.filter(VerdictCounters::areOfOld).isPresent()) {
            new Upgrade(transaction, counters, finished).run(windows::find);
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

    /** The window of a verdict, if it is kept. */
    Optional<Window> window(String verdictId) {
        return windows.find(verdictId);
    }

    /** Visits windows as {@link Windows#latest} does. */
    void latest(Predicate<Window> visitor) {
        windows.latest(visitor);
    }

    /** When windows are to be judged. */
    VerdictTimers timers() {
        return timers;
    }

    private boolean isArmed(Timer timer) {
        return windows.find(timer.verdictId())
                .flatMap(Window::due)
                .filter(timer.due()::equals)
                .isPresent();
    }

    /** Adds a window. */
    void open(Window window) {
        Window numbered = window.opened(counters.opened++);
        index.add(numbered);
        counters.windows++;
        counters.open++;
        counters.unfinished++;
        numbered.due().ifPresent(due -> timers.arm(due, numbered.verdictId()));
        windows.put(numbered);
        tallies.count(numbered.current(), Optional.empty());
    }

    /** Replaces a window. A verdict of a new version is kept beside the older ones. */
    void replace(Window before, Window after) {
        rearm(before, after);
        boolean fresh = before.standing().version() != after.standing().version();
        boolean over = after.standing().isFinal() && !before.standing().isFinal();
        if (fresh || over) {
            made.tell(after);
        }
        if (fresh) {
            amend(before, after);
        } else {
            windows.put(after);
        }
        if (over) {
            finish(after);
        } else if (before.standing().isFinal() && !after.standing().isFinal()) {
            counters.unfinished++;
        }
    }

    private void rearm(Window before, Window after) {
        if (!before.due().equals(after.due())) {
            before.due().ifPresent(due -> timers.disarm(due, after.verdictId()));
            after.due().ifPresent(due -> timers.arm(due, after.verdictId()));
        }
    }

    private void amend(Window before, Window after) {
        if (before.standing().version() == 0) {
            counters.open--;
        }
        windows.amend(before, after);
        made.made(after.current());
        tallies.count(after.current(), Optional.of(before.standing().status()));
    }

    /** Final verdicts go in the order in which they became so. */
    private void finish(Window window) {
        counters.unfinished--;
        finished.add(window.verdictId());
        while (finished.count() > maxVerdicts) {
            finished.take().flatMap(windows::find).ifPresent(this::remove);
        }
    }

    private void remove(Window window) {
        counters.windows--;
        windows.remove(window);
        index.remove(window);
        window.due().ifPresent(due -> timers.disarm(due, window.verdictId()));
        tallies.remove(window.occurrence().scenarioId());
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
        return !transaction.isEmpty() || !windows.isEmpty();
    }

    /** Commits what has changed, and the position. */
    void commit() {
        if (!changed() && !moved) {
            return;
        }
        beforeCommit.run();
        windows.flush();
        index.flush();
        timers.flush();
        finished.flush();
        made.flush(2 * maxVerdicts);
        tallies.flush();
        transaction.put(VerdictKeys.counters(), counters.toJson());
        transaction.commit(position);
        moved = false;
    }

    /** Notes how far verdicts are in the log. */
    void published(long sequence) {
        counters.published = sequence;
        moved = true;
        commit();
    }

    /** The verdicts that were made since this was asked, in their order. */
    List<Made> takeMade() {
        return made.take();
    }
}
