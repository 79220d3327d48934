package io.tradingecosystem.audit.projection;

/**
 * How far a follower of the log has come.
 *
 * @param position of the last event that is worked in: answers know of it
 * @param behind how many events of the log wait behind it
 */
public record Progress(long position, long behind) {
    /** Whether something waits. */
    public boolean isBehind() {
        return behind > 0;
    }
}
