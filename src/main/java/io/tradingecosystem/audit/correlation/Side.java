package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.Optional;
import java.util.OptionalLong;

/** One side of a rule. */
record Side(RuleState rule, boolean cause) {
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
}
