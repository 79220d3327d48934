package io.tradingecosystem.audit.correlation;

/**
 * A record of the projection on which remembered events stand, so that a restart remembers them,
 * too. On one stand those that came together and are forgotten at the same time, so the record can
 * be written once and deleted whole: one for each event would cost more than linking it. For one
 * thread.
 */
final class WindowCheckpoint {
    private final long number;
    private boolean written;
    private int left;

    /**
     * A checkpoint without events.
     *
     * @param number the position of its first event
     * @param written whether there is a record of it
     */
    WindowCheckpoint(long number, boolean written) {
        this.number = number;
        this.written = written;
    }

    long number() {
        return number;
    }

    int left() {
        return left;
    }

    void add(PendingEvent event) {
        event.standOn(this);
        left++;
    }

    void written() {
        written = true;
    }

    /** One of its events is forgotten; whether a record is to be deleted for it. */
    boolean forget() {
        left--;
        return written && left == 0;
    }
}
