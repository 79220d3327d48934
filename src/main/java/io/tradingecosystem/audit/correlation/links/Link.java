package io.tradingecosystem.audit.correlation.links;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.event.Provenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A directed link between two events of the log: a cause and its effect. There is at most one link
 * of a kind and rule between the same two events. Immutable.
 *
 * @param cause the event that caused
 * @param effect the event that was caused
 * @param kind how it is known
 * @param rule the name of the rule for {@link Kind#RULE}, the type that a person gave for {@link
 *     Kind#MANUAL}, otherwise empty
 * @param causedAt occurred_at of the cause, by its source's clock
 * @param delay from the cause's occurred_at to the effect's; negative if the clocks say so
 * @param confidence in (0, 1]; 1 for what senders said
 * @param evidence a sentence for people
 * @param provenance who told it; of {@link Kind#MANUAL} only, where that is noted
 */
public record Link(
        EventRef cause,
        EventRef effect,
        Kind kind,
        String rule,
        Instant causedAt,
        Duration delay,
        double confidence,
        String evidence,
        Optional<Provenance> provenance) {

    /** One that nobody told. */
    public Link(
            EventRef cause,
            EventRef effect,
            Kind kind,
            String rule,
            Instant causedAt,
            Duration delay,
            double confidence,
            String evidence) {
        this(cause, effect, kind, rule, causedAt, delay, confidence, evidence, Optional.empty());
    }

    public Link {
        requireNonNull(cause, "cause is null");
        requireNonNull(effect, "effect is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(causedAt, "causedAt is null");
        requireNonNull(delay, "delay is null");
        requireNonNull(evidence, "evidence is null");
        if (!(confidence > 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence is " + confidence);
        }
    }

    /** The same with who told it. */
    public Link told(Optional<Provenance> by) {
        return new Link(cause, effect, kind, rule, causedAt, delay, confidence, evidence, by);
    }

    /** The id of the event that caused. */
    public String causeId() {
        return cause.id();
    }

    /** The id of the event that was caused. */
    public String effectId() {
        return effect.id();
    }

    /** occurred_at of the effect, by its source's clock. */
    public Instant effectAt() {
        return causedAt.plus(delay);
    }

    /** How a link is known. */
    public enum Kind {
        /** The sender named the cause, by its id or by a link between spans. */
        EXPLICIT,
        /** The cause's span is the parent of the effect's. */
        PARENT,
        /** A rule found it. */
        RULE,
        /** Somebody told us through the API. */
        MANUAL
    }
}
