package io.tradingecosystem.audit.correlation.links;

import static java.util.Objects.requireNonNull;

/**
 * What the memory of links lost of one kind of waiting events. Immutable.
 *
 * @param name which kind
 * @param events how many were evicted so far
 * @param upTo the latest occurred_at of one of them, in nanoseconds since the epoch
 */
public record EvictedSide(Name name, long events, long upTo) {

    /**
     * One side of a rule, or of what senders say.
     *
     * @param rule the rule's name; empty for what senders say
     * @param side {@code causes} or {@code effects} of a rule; {@code cause-ids} of what senders
     *     say, of older versions also {@code spans} and {@code span-children}
     */
    public record Name(String rule, String side) {
        public Name {
            requireNonNull(rule, "rule is null");
            requireNonNull(side, "side is null");
        }

        @Override
        public String toString() {
            return rule.isEmpty() ? side : side + " of " + rule;
        }
    }

    /** Nothing so far. */
    public static EvictedSide none(Name name) {
        return new EvictedSide(name, 0, Long.MIN_VALUE);
    }

    /** With one more event. */
    public EvictedSide with(long at) {
        return new EvictedSide(name, events + 1, Math.max(upTo, at));
    }
}
