package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.common.Backoff;
import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.registry.Reachability.Task;

import redis.clients.jedis.exceptions.JedisException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Announces one instance: at once, then at each interval, then takes it back. */
final class Heartbeat {
    private static final EventLogger LOG = EventLogger.of(Heartbeat.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** Two that overwrite each other do not see each other at every heartbeat. */
    private static final int BEATS_UNTIL_FORGOTTEN = 10;

    private final ServiceInstance instance;
    private final RedisConnections connections;
    private final RecordWriter writer;
    private final Reachability reachability;
    private final RunCounter counter;
    private final RegistryObserver observer;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Duration interval;
    private final Duration patience;
    private final Backoff backoff;
    private final RecurringTask task;
    private volatile Set<Layout> written = Set.of();
    private volatile boolean duplicate;
    private int beatsAlone = 1;
    private boolean wroteBefore;

    Heartbeat(ServiceInstance instance, RedisParts parts, RunCounter counter) {
        this.instance = instance;
        this.connections = parts.connections();
        this.writer = parts.writer();
        this.reachability = parts.reachability();
        this.counter = counter;
        this.observer = parts.observer();
        this.clock = parts.clock();
        this.random = parts.random();
        this.interval = parts.settings().heartbeatInterval();
        this.patience = parts.settings().timeout().multipliedBy(2).plusSeconds(1);
        this.backoff = new Backoff(FIRST_RETRY, interval, random);
        this.task =
                RegistryTasks.builder("registry-heartbeat", this::send)
                        .minGap(FIRST_RETRY)
                        .farewell(this::withdraw)
                        .build();
    }

    void start() {
        task.start();
    }

    /** Sends a heartbeat at once if a record that the last one wrote is not among these keys. */
    void sendUnlessIn(Set<String> keys) {
        if (!written.isEmpty() && !keys.containsAll(expectedKeys())) {
            task.wake();
        }
    }

    Set<Layout> written() {
        return written;
    }

    boolean duplicate() {
        return duplicate;
    }

    void close() {
        RegistryTasks.close(task, "registry-heartbeat", patience);
    }

    private Set<String> expectedKeys() {
        return new HashSet<>(writer.keys(instance, written));
    }

    private Duration send() {
        long started = counter.start();
        Optional<String> failure;
        try {
            RecordWriter.Written send =
                    connections.call(client -> writer.write(client, instance, clock.instant()));
            checkForDuplicate(send.stranger());
            written = send.written();
            wroteBefore |= !written.isEmpty();
            failure = send.refusal();
        } catch (JedisException e) {
            failure = Optional.of(Reasons.of(e));
        }
        observer.beaten(counter.end(started, failure.isEmpty()), failure.isEmpty());
        if (failure.isPresent()) {
            reachability.failed(Task.HEARTBEAT, failure.get());
            return backoff.afterFailure();
        }
        connections.noCluster();
        reachability.succeeded(Task.HEARTBEAT);
        backoff.reset();
        return Backoff.jittered(interval, random);
    }

    /**
     * A record with the own id and other content is another instance's, except before the first
     * heartbeat: if it has the own address it is then what an earlier run left.
     */
    private void checkForDuplicate(Optional<ServiceInstance> stranger) {
        Optional<ServiceInstance> other =
                stranger.filter(found -> wroteBefore || !found.hasAddressOf(instance));
        boolean younger =
                other.flatMap(ServiceInstance::registeredAt)
                        .map(theirs -> instance.registeredAt().orElse(theirs).isAfter(theirs))
                        .orElse(true);
        if (other.isPresent() && younger && !duplicate) {
            LOG.warn(
                    "registry.duplicate_id",
                    "service",
                    instance.service(),
                    "instance",
                    instance.id(),
                    "other_host",
                    other.get().host(),
                    "other_http_port",
                    other.get().httpPort().orElse(0),
                    "meaning",
                    "two instances overwrite each other; give this one another service.instance");
        }
        beatsAlone = other.isPresent() ? 0 : beatsAlone + 1;
        duplicate = beatsAlone < (duplicate ? BEATS_UNTIL_FORGOTTEN : 1);
    }

    private void withdraw() {
        Optional<String> failure;
        try {
            failure = connections.call(client -> writer.withdraw(client, instance));
        } catch (JedisException e) {
            failure = Optional.of(Reasons.of(e));
        }
        if (failure.isEmpty()) {
            LOG.info(
                    "registry.withdrawn", "service", instance.service(), "instance", instance.id());
        } else {
            LOG.warn(
                    "registry.not_withdrawn",
                    "service",
                    instance.service(),
                    "instance",
                    instance.id(),
                    "error",
                    failure.get(),
                    "meaning",
                    "the records stay until they expire");
        }
    }
}
