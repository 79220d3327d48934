package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.Hash;
import io.tradingecosystem.audit.common.LongMap;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.AuditEvent;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One side of a rule, and the events that it has seen lately. For one thread. */
final class RuleSide {
    private final RuleState rule;
    private final boolean cause;
    private final LongMap<TimeOrderedEvents> runs = new LongMap<>();
    private final ExpiryQueue held;

    /**
     * A side that has seen nothing.
     *
     * @param cause whether it is the side of the cause
     * @param hold how long its events are remembered, in nanoseconds
     */
    RuleSide(RuleState rule, boolean cause, long hold) {
        this.rule = rule;
        this.cause = cause;
        this.held = new ExpiryQueue(hold);
    }

    RuleState rule() {
        return rule;
    }

    boolean isCause() {
        return cause;
    }

    ExpiryQueue held() {
        return held;
    }

    EventPattern pattern() {
        return cause ? rule.rule().trigger() : rule.rule().effect();
    }

    /** The hash of what both sides must share, if the event fits this side and has it. */
    OptionalLong join(AuditEvent event) {
        if (!pattern().matches(event)) {
            return OptionalLong.empty();
        }
        long hash = Hash.SEED;
        for (JoinKey key : rule.rule().join()) {
            Optional<String> value = cause ? key.ofCause(event) : key.ofEffect(event);
            if (value.isEmpty()) {
                return OptionalLong.empty();
            }
            hash = Hash.add(hash, value.get());
        }
        return OptionalLong.of(hash);
    }

    /** The events with a join key. */
    TimeOrderedEvents run(long join) {
        TimeOrderedEvents run = runs.get(join);
        return run == null ? TimeOrderedEvents.none() : run;
    }

    void add(RuleMatch match) {
        runs.put(match.join(), run(match.join()).with(match.event()));
        held.add(match);
    }

    void remove(RuleMatch match) {
        TimeOrderedEvents left = run(match.join()).without(match.event());
        if (left.size() == 0) {
            runs.remove(match.join());
        } else {
            runs.put(match.join(), left);
        }
    }

    void expire(long now, Consumer<Pending> release) {
        held.expire(now, release);
    }

    void clear(Consumer<Pending> release) {
        held.clear(release);
    }
}
