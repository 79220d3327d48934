package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.definition.EventPattern;
import io.tradingecosystem.audit.correlation.definition.JoinKey;
import io.tradingecosystem.audit.event.AuditEvent;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One side of a rule, and the events that it has seen lately. For one thread. */
final class Side {
    private final RuleState rule;
    private final boolean cause;
    private final LongMap<Run> runs = new LongMap<>();
    private final Held held;

    /**
     * A side that has seen nothing.
     *
     * @param cause whether it is the side of the cause
     * @param hold how long its events are remembered, in nanoseconds
     */
    Side(RuleState rule, boolean cause, long hold) {
        this.rule = rule;
        this.cause = cause;
        this.held = new Held(hold);
    }

    RuleState rule() {
        return rule;
    }

    boolean isCause() {
        return cause;
    }

    Held held() {
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
    Run run(long join) {
        Run run = runs.get(join);
        return run == null ? Run.none() : run;
    }

    void add(Sighting sighting) {
        runs.put(sighting.join(), run(sighting.join()).with(sighting.event()));
        held.add(sighting);
    }

    void remove(Sighting sighting) {
        Run left = run(sighting.join()).without(sighting.event());
        if (left.size() == 0) {
            runs.remove(sighting.join());
        } else {
            runs.put(sighting.join(), left);
        }
    }

    void expire(long now, Consumer<Role> release) {
        held.expire(now, release);
    }

    void clear(Consumer<Role> release) {
        held.clear(release);
    }
}
