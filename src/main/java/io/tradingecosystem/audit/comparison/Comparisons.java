package io.tradingecosystem.audit.comparison;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.EventIndex;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Compares runs of a log. Thread-safe. A comparison holds what it takes of up to 20,000 events of
 * each run; two are made at once, others wait for their turn, so that memory has a bound.
 */
public final class Comparisons {
    /** A run is held against so many others at most. */
    public static final int MAX_BASELINES = 4;

    private static final int MAX_EVENTS = 20_000;
    private static final int MAX_CAUSES = 20;
    private static final int AT_ONCE = 2;

    private final RunReader reader;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    private Comparisons(RunReader reader) {
        this.reader = reader;
    }

    /** Over the events, links and verdicts there are. */
    public static Comparisons create(
            EventIndex events, LinkIndex links, VerdictStoreReader verdicts) {
        return create(events, links, verdicts, MAX_EVENTS, MAX_CAUSES);
    }

    /**
     * The same with other bounds.
     *
     * @param maxEvents so many events of each run are read, its first
     * @param maxCauses so many causes of each event, the best
     */
    public static Comparisons create(
            EventIndex events,
            LinkIndex links,
            VerdictStoreReader verdicts,
            int maxEvents,
            int maxCauses) {
        requireNonNull(events, "events is null");
        requireNonNull(links, "links is null");
        requireNonNull(verdicts, "verdicts is null");
        return new Comparisons(new RunReader(events, links, verdicts, maxEvents, maxCauses));
    }

    /**
     * Compares a run with others.
     *
     * @param run its scenario_id
     * @param baselines theirs, at least one
     * @throws UnknownRunException if no event is of one of them
     */
    public Comparison compare(String run, List<String> baselines) {
        turns.acquireUninterruptibly();
        try {
            Run own = read(run);
            List<Run> others = new ArrayList<>();
            baselines.forEach(each -> others.add(read(each)));
            return Comparison.of(own, others);
        } finally {
            turns.release();
        }
    }

    private Run read(String id) {
        return reader.read(id).orElseThrow(() -> new UnknownRunException(id));
    }
}
