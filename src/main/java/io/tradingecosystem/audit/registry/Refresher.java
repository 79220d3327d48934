package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.common.Backoff;
import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.registry.Reachability.Task;

import redis.clients.jedis.exceptions.JedisException;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads who is where at each interval, or sooner when asked. */
final class Refresher {
    private static final EventLogger LOG = EventLogger.of(Refresher.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration MIN_GAP = Duration.ofMillis(500);

    /**
     * Of the time, at most a tenth goes into refreshing, however many keys Redis holds, but for a
     * refresh that takes so long that the records would be out of date.
     */
    private static final int REST = 10;

    private static final int MAX_REST_INTERVALS = 3;

    /** What was read longer ago is stale: records in it may have ended. */
    private static final int STALE_INTERVALS = 6;

    private final RedisParts parts;
    private final RecordReader reader;
    private final Directory directory;
    private final Consumer<Set<String>> onKeys;
    private final RunCounter counter;
    private final Backoff backoff;
    private final RecurringTask task;
    private volatile Found found = new Found(Map.of(), 0, 0, 0);
    private boolean doubting;

    /**
     * @param onKeys gets the keys that were found, so that an own record that is missing is written
     *     again
     */
    Refresher(
            RedisParts parts,
            RecordReader reader,
            Directory directory,
            Consumer<Set<String>> onKeys) {
        this.parts = parts;
        this.reader = reader;
        this.directory = directory;
        this.onKeys = onKeys;
        this.counter = new RunCounter(parts.ticker());
        Duration interval = parts.settings().refreshInterval();
        this.backoff = new Backoff(FIRST_RETRY, interval, parts.random());
        Duration gap = interval.compareTo(MIN_GAP) < 0 ? interval : MIN_GAP;
        this.task = RegistryTasks.builder("registry-refresh", this::refresh).minGap(gap).build();
    }

    void start() {
        task.start();
    }

    void request() {
        task.wake();
    }

    Found found() {
        return found;
    }

    /** True if the last good refresh was too long ago, for whatever reason. */
    boolean overdue() {
        Duration patience = parts.settings().refreshInterval().multipliedBy(STALE_INTERVALS);
        return counter.endedBefore(patience);
    }

    RegistryStatistics.Runs runs() {
        return counter.runs();
    }

    void close() {
        RegistryTasks.close(task, "registry-refresh", parts.settings().timeout().plusSeconds(1));
    }

    private Duration refresh() {
        long started = counter.start();
        Optional<String> failure = Optional.empty();
        try {
            believe(
                    parts.connections()
                            .call(client -> reader.read(client, parts.clock().instant())));
            failure = parts.connections().cluster();
        } catch (JedisException e) {
            failure = Optional.of(Reasons.of(e));
        }
        Duration duration = counter.end(started, failure.isEmpty());
        parts.observer().refreshed(duration, failure.isEmpty());
        if (failure.isPresent()) {
            directory.markStale();
            parts.reachability().failed(Task.REFRESH, failure.get());
            return backoff.afterFailure();
        }
        parts.reachability().succeeded(Task.REFRESH);
        backoff.reset();
        return Backoff.jittered(rest(duration, parts.settings().refreshInterval()), parts.random());
    }

    /** The pause after a refresh that took so long. */
    static Duration rest(Duration refresh, Duration interval) {
        Duration most = interval.multipliedBy(MAX_REST_INTERVALS);
        Duration rest = refresh.multipliedBy(REST);
        return Collections.max(List.of(interval, Collections.min(List.of(rest, most))));
    }

    /**
     * A registry that knows nobody, where there were others before, was perhaps just restarted or
     * flushed: it is asked once more before the others are given up.
     */
    private void believe(RecordReader.Result result) {
        if (!doubting && directory.knowsOthers() && directory.hasNoOthers(result.instances())) {
            doubting = true;
            directory.markStale();
            LOG.warn("registry.empty", "redis", parts.connections().address());
        } else {
            doubting = false;
            found =
                    new Found(
                            result.records(),
                            result.unreadable(),
                            result.expired(),
                            result.unread());
            directory.refresh(result.instances(), result.unread(), parts.clock().instant());
        }
        result.keys().ifPresent(onKeys);
    }

    /** What the last refresh found. */
    record Found(Map<Layout, Integer> records, int unreadable, int expired, int unread) {}
}
