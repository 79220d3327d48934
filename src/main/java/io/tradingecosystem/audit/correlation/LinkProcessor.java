package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.correlation.links.LinkSettings;
import io.tradingecosystem.audit.correlation.links.LinkStatistics;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.DefinitionWatch;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.DecisionWatch;
import io.tradingecosystem.audit.projection.LogFollower;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done with the log to link: events go to the linker as many at a time as are waiting, and
 * what they change becomes durable and visible at once. For the follower's thread, but for {@link
 * #definitions} and {@link #statistics}.
 */
final class LinkProcessor implements LogFollower.Work {
    static final int BATCH = 4_096;
    private static final Duration SETTLE_INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_DROPPED = 1_000;

    private final Store store;
    private final Projection projection;
    private final LinkSetup setup;
    private final LinkObserver observer;
    private final Time time;
    private final DecisionWatch decisions;
    private final DefinitionWatch<Rule> watch;
    private final LinkEvictionReports evictions;

    private volatile LinkStatistics statistics =
            new LinkStatistics(0, Map.of(), 0, 0, 0, 0, 0, 0, 0, Optional.empty(), List.of());
    private volatile long sequence;

    private Linker linker;
    private long dropped = 1;

    /** Whether it was at the log's end, which has all that was told before. */
    private boolean live;

    LinkProcessor(
            Store store, Projection projection, LinkSetup setup, LinkObserver observer, Time time) {
        this.store = store;
        this.projection = projection;
        this.setup = setup;
        this.observer = observer;
        this.time = time;
        this.decisions =
                new DecisionWatch(
                        () -> linker.writer().decisions(),
                        LinkSettings.of(setup.bounds()),
                        setup.service(),
                        store.log(),
                        time);
        this.watch =
                new DefinitionWatch<>(
                        RuleReader.KIND.named(setup.names()).with(setup.parameters()),
                        setup.rules(),
                        () -> linker.rules().inForce(),
                        setup.service(),
                        store.log(),
                        time);
        this.evictions = new LinkEvictionReports(store.log(), setup.service(), time);
        this.linker = reopened();
        show();
    }

    /**
     * Lets the log say by what is linked from now on, and looks at the rules for the first time.
     *
     * @throws InvalidDefinitionException if the folder's files have problems
     */
    void open() {
        decisions.begin();
        watch.begin();
    }

    /** The definitions in force; for any thread. */
    DefinitionWatch<Rule> definitions() {
        return watch;
    }

    /** How linking stood when the follower last told; its position is that of this moment. */
    LinkStatistics statistics() {
        return statistics;
    }

    long sequence() {
        return sequence;
    }

    @Override
    public long position() {
        return linker.writer().position();
    }

    @Override
    public void take(List<AuditEvent> events) {
        LogFollower.each(events, linker::accept);
        List<LinkStoreWriter.Found> found = linker.commit();
        if (!found.isEmpty()) {
            long now = Times.toEpochNanos(time.now());
            for (LinkStoreWriter.Found link : found) {
                long after = Math.max(0, now - link.recordedAt());
                observer.found(link.label(), Duration.ofNanos(after));
            }
        }
    }

    @Override
    public Duration settle(boolean caughtUp) {
        if (caughtUp) {
            dropRemoved();
            decisions.look();
            watch.look();
        }
        live |= caughtUp;
        if (live) {
            evictions.tell(linker.evictions(), linker.bounds().maxRemembered());
        }
        show();
        return caughtUp && fillSpans() ? SETTLE_INTERVAL : Duration.ZERO;
    }

    @Override
    public void reopen() {
        linker = reopened();
    }

    @Override
    public void skip(long position) {
        linker.writer().counters().skipped++;
        linker.writer().enter(position, 0);
        linker.commit();
    }

    /** Some of what an older version linked; whether all of it is done. */
    private boolean fillSpans() {
        if (!linker.spans().isFilled()) {
            linker.spans().fill(store.log(), BATCH);
            linker.commit();
        }
        return linker.spans().isFilled();
    }

    /** Drops links whose effect, and the ways to find them from a cause, that left the log. */
    private void dropRemoved() {
        long first = store.log().firstPosition();
        if (dropped >= first) {
            return;
        }
        if (linker.drop(first, MAX_DROPPED) < MAX_DROPPED) {
            dropped = first;
        }
        linker.commit();
    }

    private Linker reopened() {
        return Linker.of(projection, store.index(), setup.bounds());
    }

    private void show() {
        LinkStoreWriter writer = linker.writer();
        LinkCounters counters = writer.counters();
        watch.show();
        statistics =
                new LinkStatistics(
                        watch.inForce().size(),
                        writer.found(),
                        linker.remembered(),
                        counters.evicted,
                        counters.cut,
                        counters.refused,
                        counters.skipped,
                        writer.position(),
                        0,
                        Optional.empty(),
                        watch.problems());
        sequence = counters.sequence;
    }
}
