package io.tradingecosystem.audit.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a webhook is doing.
 *
 * @param name by which it is known
 * @param host scheme, host and port of the receiver
 * @param state whether it is told
 * @param position the last place in the order of verdicts that it is done with
 * @param behind how many places it is behind
 * @param next the id of the event that it is told next; absent if nothing waits
 * @param oldest how old what it is told next is; absent if nothing waits
 * @param delivered how many events it has taken since the start
 * @param attempts how often in a row it was tried in vain
 * @param nextAttempt when it is tried again; absent unless {@link State#RETRYING}
 * @param lastSuccess when it took something; absent if not since the start
 * @param lastFailure the last attempt in vain; absent if there was none since the start
 * @param deadLetters how many events are put aside
 * @param again how many of those that were are to be sent again
 * @param lost how many verdicts were not kept until it came to them
 */
public record WebhookStatus(
        String name,
        String host,
        State state,
        long position,
        long behind,
        Optional<String> next,
        Optional<Duration> oldest,
        long delivered,
        int attempts,
        Optional<Instant> nextAttempt,
        Optional<Instant> lastSuccess,
        Optional<Failure> lastFailure,
        int deadLetters,
        int again,
        long lost) {

    /** Whether it is told. */
    public enum State {
        /** The last attempt was taken, or there was none. */
        ACTIVE,
        /** The last attempt was in vain; the next one comes by itself. */
        RETRYING,
        /** It answered 410, and is left alone until somebody asks for it, or the next start. */
        DISABLED
    }

    /**
     * An attempt in vain.
     *
     * @param at when
     * @param reason for people
     */
    public record Failure(Instant at, String reason) {}
}
