package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.LinkBounds;

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
final class CorrelationWindow {
    private static final long EXPIRY_STEP = 10_000_000;

    private final LinkBounds bounds;
    private final Consumer<PendingEvent> whenForgotten;
    private final Consumer<PendingEvent> whenEvicted;
    private final Deque<PendingEvent> events = new ArrayDeque<>();
    private final Map<Integer, RuleState> rules = new HashMap<>();
    private final Map<String, List<AwaitedCause>> awaited = new HashMap<>();
    private final ExpiryQueue reported;
    private long expiredTo = Long.MIN_VALUE;
    private int size;

    /**
     * Remembers nothing yet.
     *
     * @param whenForgotten is told of each event that has no role any more
     * @param whenEvicted is told of each event that is to lose its roles for the limit
     */
    CorrelationWindow(
            LinkBounds bounds,
            Consumer<PendingEvent> whenForgotten,
            Consumer<PendingEvent> whenEvicted) {
        this.bounds = bounds;
        this.whenForgotten = whenForgotten;
        this.whenEvicted = whenEvicted;
        this.reported = new ExpiryQueue(bounds.lateness() + 6 * bounds.maxSkew());
    }

    int size() {
        return size;
    }

    /** The events that have a role to play, in the order of the log. */
    List<PendingEvent> remembered() {
        return events.stream().filter(event -> !event.isIdle()).toList();
    }

    Map<Integer, RuleState> rules() {
        return rules;
    }

    /** Adds an event whose roles were taken. */
    void add(PendingEvent event) {
        events.addLast(event);
        size++;
    }

    RuleMatch see(PendingEvent event, RuleSide side, long join) {
        RuleMatch match = new RuleMatch(event, side, join);
        side.add(match);
        event.take(match);
        return match;
    }

    void await(PendingEvent event, String causeId) {
        take(event, AwaitedCause.of(event, causeId, awaited));
    }

    /** The events whose senders named an event as the cause; empty as a rule. */
    List<AwaitedCause> awaiting(String causeId) {
        if (awaited.isEmpty()) {
            return List.of();
        }
        List<AwaitedCause> waiting = awaited.get(causeId);
        return waiting == null ? List.of() : List.copyOf(waiting);
    }

    void release(Pending role) {
        if (role.release() && role.event().isIdle()) {
            size--;
            whenForgotten.accept(role.event());
        }
    }

    /** Forgets a rule with all that it has seen. */
    void forget(RuleState rule) {
        rule.clear(this::release);
        rules.remove(rule.number());
    }

    /**
     * Forgets what nobody can ask for any more; looks at most a hundred times a second of the log's
     * clock, and in whole steps of it, so that a restart does not change when things expire.
     */
    void expire(long now) {
        long step = now - Math.floorMod(now, EXPIRY_STEP);
        if (step <= expiredTo) {
            return;
        }
        expiredTo = step;
        reported.expire(step, this::release);
        for (RuleState rule : rules.values()) {
            rule.expire(step, this::release);
        }
        while (!events.isEmpty() && events.peekFirst().isIdle()) {
            events.removeFirst();
        }
    }

    /** How long an event is remembered at most, in nanoseconds. */
    long hold(PendingEvent event) {
        long max = 0;
        for (Pending role : event.roles()) {
            ExpiryQueue held = role instanceof RuleMatch match ? match.side().held() : reported;
            max = Math.max(max, held.hold());
        }
        return max;
    }

    /** Forgets the oldest events until the limit is kept. */
    void evict() {
        while (size > bounds.maxRemembered()) {
            PendingEvent oldest = events.removeFirst();
            if (!oldest.isIdle()) {
                whenEvicted.accept(oldest);
                oldest.roles().forEach(this::release);
            }
        }
    }

    private void take(PendingEvent event, Pending role) {
        event.take(role);
        reported.add(role);
    }
}
