package io.tradingecosystem.audit.correlation.links;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A time between whose events links may be missing, or be there that should not be. Immutable.
 *
 * @param reason what it is missing for
 * @param since the earliest occurred_at of an event with such a link
 * @param until the latest, inclusive
 */
public record Incomplete(Reason reason, Instant since, Instant until) {
    public Incomplete {
        requireNonNull(reason, "reason is null");
        requireNonNull(since, "since is null");
        requireNonNull(until, "until is null");
    }

    /** The bound that left something out. */
    public enum Reason {
        /** Of the events that wait for causes and effects the oldest were evicted. */
        LINK_MEMORY("links may be missing, because more events waited for each other than fit");

        private final String explanation;

        Reason(String explanation) {
            this.explanation = explanation;
        }

        /** A sentence for people, without its full stop. */
        public String explanation() {
            return explanation;
        }
    }
}
