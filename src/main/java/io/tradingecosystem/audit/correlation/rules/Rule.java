package io.tradingecosystem.audit.correlation.rules;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.definition.Defined;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which events cause which: an event that fits the effect, and occurred within a time after one
 * that fits the trigger, was caused by it, if both have the join keys in common. Immutable.
 *
 * @param name unique; lower-case letters, digits, dots and dashes
 * @param version twelve hex digits of the SHA-256 of the definition: the same text, the same
 *     version
 * @param description a sentence for people, or empty
 * @param trigger which events are causes
 * @param effect which events are effects
 * @param within at most so long after its cause an effect occurs, by occurred_at
 * @param typical how long it takes as a rule; where several causes compete for an effect, the one
 *     whose delay comes nearest to it is believed most. Empty: the latest cause is
 * @param join what cause and effect must share, all of it; empty means time alone
 * @param minConfidence links of less are not shown
 */
public record Rule(
        String name,
        String version,
        String description,
        EventPattern trigger,
        EventPattern effect,
        Duration within,
        Optional<Duration> typical,
        List<JoinKey> join,
        double minConfidence)
        implements Defined {

    public Rule {
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
        requireNonNull(description, "description is null");
        requireNonNull(trigger, "trigger is null");
        requireNonNull(effect, "effect is null");
        requireNonNull(within, "within is null");
        requireNonNull(typical, "typical is null");
        join = List.copyOf(join);
    }
}
