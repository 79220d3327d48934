package io.tradingecosystem.audit.correlation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The events that are remembered for those that come later, each in its roles. Past a limit the
 * oldest event is forgotten in all its roles, whosever it is. For one thread.
 */
final class Memory {
    private static final long EXPIRY_STEP = 10_000_000;

    private final LinkBounds bounds;
    private final Consumer<Remembered> whenForgotten;
    private final Deque<Remembered> events = new ArrayDeque<>();
    private final Map<Integer, RuleState> rules = new HashMap<>();
    private final Map<SpanKey, SpanState> spans = new HashMap<>();
    private final Map<String, List<Awaiting>> awaited = new HashMap<>();
    private final Held held;
    private long nextExpiry;
    private int size;

    /**
     * Remembers nothing yet.
     *
     * @param now the log's clock, up to which everything was forgotten that had to be
     * @param whenForgotten is told of each event that has no role any more
     */
    Memory(LinkBounds bounds, long now, Consumer<Remembered> whenForgotten) {
        this.bounds = bounds;
        this.nextExpiry = stepBehind(now);
        this.whenForgotten = whenForgotten;
        this.held = new Held(bounds.lateness() + 6 * bounds.skew());
    }

    int size() {
        return size;
    }

    Map<Integer, RuleState> rules() {
        return rules;
    }

    /** Adds an event whose roles were taken. */
    void add(Remembered event) {
        events.addLast(event);
        size++;
    }

    Sighting see(Remembered event, RuleState rule, boolean cause, long join) {
        Sighting sighting = new Sighting(event, rule, cause, join);
        rule.add(sighting);
        event.roles().add(sighting);
        return sighting;
    }

    /** The span, if anything is remembered of it or {@code event} becomes the first such thing. */
    SpanState span(SpanKey key) {
        return spans.computeIfAbsent(key, k -> new SpanState(k, gone -> spans.remove(gone.key())));
    }

    void enter(Remembered event, SpanState span) {
        SpanEvent role = new SpanEvent(event, span);
        span.add(role);
        take(event, role);
    }

    SpanHeir inherit(Remembered event, SpanState span, boolean child) {
        SpanHeir role = new SpanHeir(event, span, child);
        span.add(role);
        take(event, role);
        return role;
    }

    void await(Remembered event, String causeId) {
        take(event, Awaiting.of(event, causeId, awaited));
    }

    /** The events whose senders named an event as the cause; empty as a rule. */
    List<Awaiting> awaiting(String causeId) {
        if (awaited.isEmpty()) {
            return List.of();
        }
        List<Awaiting> waiting = awaited.get(causeId);
        return waiting == null ? List.of() : List.copyOf(waiting);
    }

    void release(Role role) {
        if (role.release() && role.event().roles().isEmpty()) {
            size--;
            whenForgotten.accept(role.event());
        }
    }

    /** Forgets a rule with all that it has seen. */
    void forget(RuleState rule) {
        rule.clear(this::release);
        rules.remove(rule.number());
    }

    /** Forgets what nobody can ask for any more; looks at most a hundred times a second. */
    void expire(long now) {
        if (now < nextExpiry) {
            return;
        }
        nextExpiry = stepBehind(now);
        held.expire(now, this::release);
        for (RuleState rule : rules.values()) {
            rule.expire(now, this::release);
        }
        while (!events.isEmpty() && events.peekFirst().roles().isEmpty()) {
            events.removeFirst();
        }
    }

    /** Whole steps of the log's clock, so that a restart does not change when things expire. */
    private static long stepBehind(long now) {
        return (now / EXPIRY_STEP + 1) * EXPIRY_STEP;
    }

    /** Forgets the oldest events until the limit is kept; gives how many. */
    int evict() {
        int evicted = 0;
        while (size > bounds.mostRemembered()) {
            Remembered oldest = events.removeFirst();
            if (!oldest.roles().isEmpty()) {
                List.copyOf(oldest.roles()).forEach(this::release);
                evicted++;
            }
        }
        return evicted;
    }

    private void take(Remembered event, Role role) {
        event.roles().add(role);
        held.add(role);
    }
}
