package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.runs.RunState;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was counted of runs, on record; the heap has those that were used lately. For one thread.
 */
final class RunStates {
    /** Of so many runs of which no trigger came yet is kept what came. */
    static final int MAX_EARLY_RUNS = 10_000;

    /** Of so many runs whose verdicts are not kept any more is known that they were. */
    static final long MAX_GONE_RUNS = 10_000_000;

    private static final int MAX_CACHED = 1_000;
    private static final byte[] THERE = {1};

    private final StoreTransaction transaction;
    private final VerdictCounters counters;
    private long maxGone = MAX_GONE_RUNS;
    private final Map<String, RunState> changed = new TreeMap<>();
    private final Map<String, RunState> cache =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, RunState> eldest) {
                    return size() > MAX_CACHED;
                }
            };

    RunStates(StoreTransaction transaction, VerdictCounters counters) {
        this.transaction = transaction;
        this.counters = counters;
    }

    /** What was counted of a run, if anything was. */
    Optional<RunState> find(String verdictId) {
        RunState known = changed.get(verdictId);
        if (known == null) {
            known = cache.get(verdictId);
        }
        return known == null ? stored(verdictId) : Optional.of(known);
    }

    private Optional<RunState> stored(String verdictId) {
        Optional<RunState> stored =
                transaction
                        .bytes(VerdictKeys.run(verdictId))
                        .map(bytes -> RunState.read(verdictId, bytes));
        stored.ifPresent(state -> cache.put(verdictId, state));
        return stored;
    }

    /**
     * A run of which nothing is known; what came of it before may be forgotten.
     *
     * @param position the place in the log behind which it begins
     */
    RunState fresh(
            String verdictId,
            String expectation,
            String version,
            String scenarioId,
            long position) {
        RunState state = new RunState(verdictId, expectation, version, scenarioId);
        if (counters.droppedEnds > 0) {
            state.unknowns().forgotten();
        }
        if (mayHaveGone(verdictId)) {
            state.unknowns().anew(position);
        }
        return state;
    }

    private boolean mayHaveGone(String verdictId) {
        return counters.unmarkedRuns > 0 || isMarked(verdictId);
    }

    private boolean isMarked(String verdictId) {
        return transaction.bytes(VerdictKeys.goneRun(verdictId)).isPresent();
    }

    /** From here on of so many runs is known that they were. */
    void maxGone(long runs) {
        maxGone = runs;
    }

    /** Forgets a run, but for that it was. */
    void evict(String verdictId) {
        remove(verdictId);
        if (isMarked(verdictId)) {
            return;
        }
        if (counters.markedRuns < maxGone) {
            counters.markedRuns++;
            transaction.put(VerdictKeys.goneRun(verdictId), THERE);
        } else {
            counters.unmarkedRuns++;
        }
    }

    /** Keeps it as it is at the next commit. */
    void put(RunState state) {
        changed.put(state.verdictId(), state);
    }

    /** Keeps one of which no trigger came yet; of too many the oldest goes. */
    void putEarly(RunState state) {
        put(state);
        transaction.put(
                VerdictKeys.earlyEnd(counters.earlyEnds++), VerdictKeys.octets(state.verdictId()));
        while (counters.earlyEnds - counters.droppedEnds > MAX_EARLY_RUNS) {
            byte[] oldest = VerdictKeys.earlyEnd(counters.droppedEnds++);
            transaction
                    .bytes(oldest)
                    .map(VerdictKeys::verdictId)
                    .flatMap(this::find)
                    .filter(each -> each.first().isEmpty())
                    .ifPresent(each -> remove(each.verdictId()));
            transaction.delete(oldest);
        }
    }

    void remove(String verdictId) {
        changed.remove(verdictId);
        cache.remove(verdictId);
        transaction.delete(VerdictKeys.run(verdictId));
    }

    /** Those that changed since the last commit, by id. */
    Collection<RunState> changed() {
        return changed.values();
    }

    /** All of them. */
    List<RunState> all() {
        List<RunState> all = new ArrayList<>(changed.values());
        transaction.scan(
                'M',
                (key, value) -> {
                    String id = VerdictKeys.verdictId(VerdictKeys.id(key));
                    if (!changed.containsKey(id)) {
                        find(id).ifPresent(all::add);
                    }
                    return true;
                });
        return all;
    }

    /** Writes what is to be committed. */
    void flush() {
        for (RunState state : changed.values()) {
            transaction.put(VerdictKeys.run(state.verdictId()), state.bytes());
            cache.put(state.verdictId(), state);
        }
        changed.clear();
    }
}
