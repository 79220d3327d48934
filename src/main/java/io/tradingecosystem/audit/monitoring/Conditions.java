package io.tradingecosystem.audit.monitoring;

import static java.util.Objects.requireNonNull;

import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckResponse.Status;
import io.helidon.health.HealthCheckType;
import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.monitoring.HealthReport.Answer;
import io.tradingecosystem.audit.monitoring.HealthReport.Result;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The conditions of parts, beside {@link Health}: none of them sends requests elsewhere or restarts
 * the service. Whoever asks for one gets it as it is now; a thread of their own looks four times a
 * second, warns once when one changes, and tells those who listen. Thread-safe.
 *
 * {@snippet file="monitoring/MonitoringExampleTest.java" region="conditions"}
 */
public final class Conditions implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(Conditions.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock looking = new ReentrantLock();
    private final RecurringTask task =
            RecurringTask.builder("conditions", this::round, Conditions::failed)
                    .initialDelay(INTERVAL)
                    .build();

    private final InstantSource clock;

    private Conditions(InstantSource clock) {
        this.clock = clock;
    }

    /** Starts to look. */
    public static Conditions create(InstantSource clock) {
        Conditions conditions = new Conditions(clock);
        conditions.task.start();
        return conditions;
    }

    /** Adds a condition, and looks at it. */
    public Conditions add(Condition condition) {
        entries.put(condition.name(), new Entry(condition, clock));
        look();
        return this;
    }

    /** How a condition is now; absent if there is none with that name. */
    public Optional<Answer> answer(String name) {
        return Optional.ofNullable(entries.get(requireNonNull(name, "name is null")))
                .map(entry -> HealthReport.answer(List.of(entry.now())));
    }

    /** How each condition is now: 1 where all is well, else 0. */
    Map<List<String>, Integer> values() {
        return entries.values().stream()
                .map(Entry::now)
                .collect(Collectors.toMap(r -> List.of(r.name()), r -> isUp(r) ? 1 : 0));
    }

    /** Which conditions were well when they were last looked at. */
    public SortedMap<String, Boolean> states() {
        SortedMap<String, Boolean> states = new TreeMap<>();
        entries.forEach((name, entry) -> states.put(name, isUp(entry.last)));
        return states;
    }

    /** What was found when a condition was last looked at. */
    Map<String, Object> facts(String name) {
        return requireNonNull(entries.get(name), name).last.details();
    }

    /** Calls {@code listener} whenever a condition was added or has changed. */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Looks at all conditions now. */
    void look() {
        looking.lock();
        try {
            List<Entry> changed = new ArrayList<>(entries.values());
            changed.removeIf(entry -> !entry.look());
            if (!changed.isEmpty()) {
                listeners.forEach(Runnable::run);
            }
        } finally {
            looking.unlock();
        }
    }

    /** Looks no more; one that takes long goes on alone. */
    @Override
    public void close() {
        task.close(PATIENCE);
    }

    private Duration round() {
        look();
        return INTERVAL;
    }

    private static Duration failed(Throwable failure) {
        LOG.error("conditions.round.failed", failure);
        return INTERVAL;
    }

    private static boolean isUp(Result result) {
        return result.status() == Status.UP;
    }

    /** A condition, and how it was when it was last looked at. */
    private static final class Entry {
        private final Condition condition;
        private final InstantSource clock;
        private boolean known;
        private volatile Optional<Instant> downSince = Optional.empty();
        private volatile Result last;

        Entry(Condition condition, InstantSource clock) {
            this.condition = condition;
            this.clock = clock;
            this.last = result(Health.up());
        }

        Result now() {
            try {
                return result(condition.check().get());
            } catch (RuntimeException e) {
                return result(Health.down("failure", e.toString()));
            }
        }

        private Result result(HealthCheckResponse found) {
            Map<String, Object> facts = new TreeMap<>(found.details());
            if (found.status() != Status.UP) {
                facts.put("since", downSince.orElseGet(clock::instant).toString());
            }
            return new Result(condition.name(), HealthCheckType.READINESS, found.status(), facts);
        }

        /** Whether it is another than before, or the first time. */
        boolean look() {
            Result now = now();
            boolean turned = isUp(now) != isUp(last);
            last = now;
            if (turned) {
                downSince = isUp(now) ? Optional.empty() : Optional.of(clock.instant());
                tell(now);
            }
            boolean news = turned || !known;
            known = true;
            return news;
        }

        private void tell(Result now) {
            if (isUp(now)) {
                LOG.info(condition.name() + ".recovered", fields(now).toArray());
            } else {
                List<Object> fields = fields(now);
                fields.addAll(List.of("remedy", condition.remedy()));
                LOG.warn(condition.name() + ".degraded", fields.toArray());
            }
        }

        private static List<Object> fields(Result result) {
            List<Object> fields = new ArrayList<>();
            result.details().forEach((name, value) -> fields.addAll(List.of(name, value)));
            return fields;
        }
    }
}
