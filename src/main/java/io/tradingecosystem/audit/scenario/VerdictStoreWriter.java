package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;
import io.tradingecosystem.audit.store.Projection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
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
    private final Members members;
    private Function<Window, Instant> ends = window -> window.occurrence().recordedAt();
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
        this.timers = new VerdictTimers(transaction, 't', this::commit, this::isArmed);
        this.made = new MadeVerdicts(transaction, counters);
        this.finished = FinishedVerdicts.of(transaction, counters, this::commit);
        this.tallies = new Tallies(transaction);
        this.members = new Members(transaction, counters, this::commit);
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

    /** By when they ended final verdicts go; those of a version before get their places now. */
    void goBy(Function<Window, Instant> end) {
        ends = end;
        if (transaction
                .json(VerdictKeys.counters())
                .filter(VerdictCounters::areOfOld)
                .isPresent()) {
            new Upgrade(transaction, counters).run(windows::find, this::finished);
            commit();
        }
        new FinishedBefore(transaction, 'Q', this::commit).move(id -> place(id, finished));
        new FinishedBefore(transaction, 'q', this::commit)
                .move(id -> place(id, members.finished()));
    }

    private void place(String verdictId, FinishedVerdicts among) {
        windows.find(verdictId)
                .filter(window -> window.standing().isFinal())
                .ifPresent(window -> among.place(ends.apply(window), verdictId));
    }

    private void finished(Window window) {
        finished.add(ends.apply(window), window.verdictId());
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

    /** The windows that count for the verdicts of runs. */
    Members members() {
        return members;
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
        counters.open++;
        counters.unfinished++;
        numbered.due().ifPresent(due -> timers.arm(due, numbered.verdictId()));
        windows.put(numbered);
        switch (numbered.role()) {
            case TRIGGER, RUN -> list(numbered);
            case MEMBER -> members.add(numbered);
        }
    }

    private void list(Window window) {
        index.add(window);
        counters.windows++;
        tallies.count(window.current(), Optional.empty());
    }

    /** Replaces a window. A verdict of a new version is kept beside the older ones. */
    void replace(Window before, Window after) {
        rearm(before, after);
        boolean fresh = before.standing().version() != after.standing().version();
        boolean over = after.standing().isFinal() && !before.standing().isFinal();
        if (fresh && before.standing().version() == 0) {
            counters.open--;
        }
        switch (after.role()) {
            case TRIGGER, RUN -> told(before, after, fresh, over);
            case MEMBER -> counted(before, after);
        }
        if (over) {
            counters.unfinished--;
            finished(after.role()).add(ends.apply(after), after.verdictId());
        } else if (before.standing().isFinal() && !after.standing().isFinal()) {
            counters.unfinished++;
            finished(after.role()).reopened();
        }
    }

    private void told(Window before, Window after, boolean fresh, boolean over) {
        if (fresh || over) {
            made.tell(after);
        }
        if (fresh) {
            amend(before, after);
        } else {
            windows.put(after);
        }
    }

    private void counted(Window before, Window after) {
        windows.put(after);
        members.counting().moved(before, after);
    }

    private void rearm(Window before, Window after) {
        if (!before.due().equals(after.due())) {
            before.due().ifPresent(due -> timers.disarm(due, after.verdictId()));
            after.due().ifPresent(due -> timers.arm(due, after.verdictId()));
        }
    }

    private void amend(Window before, Window after) {
        windows.amend(before, after);
        made.made(after.current());
        tallies.count(after.current(), Optional.of(before.stood()));
    }

    private FinishedVerdicts finished(WindowRole role) {
        return switch (role) {
            case TRIGGER, RUN -> finished;
            case MEMBER -> members.finished();
        };
    }

    /**
     * Lets final verdicts go that are too many, those first whose windows ended first. Between
     * events only, as it may commit.
     */
    void makeRoom() {
        finished.makeRoom(maxVerdicts, this::placed, this::remove);
        members.finished().makeRoom(members.max(), this::placed, this::remove);
    }

    /** What is final, and has not become so again at another end. */
    private Optional<Window> placed(Timer end) {
        return windows.find(end.verdictId())
                .filter(window -> window.standing().isFinal())
                .filter(window -> ends.apply(window).equals(end.due()));
    }

    private void remove(Window window) {
        windows.remove(window);
        window.due().ifPresent(due -> timers.disarm(due, window.verdictId()));
        switch (window.role()) {
            case TRIGGER -> unlist(window);
            case MEMBER -> members.remove(window);
            case RUN -> {
                unlist(window);
                members.counting().removedRun(window);
            }
        }
    }

    private void unlist(Window window) {
        counters.windows--;
        index.remove(window);
        tallies.remove(window.occurrence().scenarioId());
    }

    /** Keeps a window as it is, without a word. */
    void keep(Window window) {
        windows.put(window);
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
        members.flush();
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
