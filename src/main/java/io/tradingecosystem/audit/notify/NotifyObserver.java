package io.tradingecosystem.audit.notify;

import java.time.Duration;

/** Hears of attempts; must not block. */
@FunctionalInterface
public interface NotifyObserver {
    /** What came of an attempt. */
    enum Result {
        DELIVERED,
        /** The event is not taken, and tried again. */
        REFUSED,
        /** The event was put aside. */
        DEAD,
        /** Nothing can be delivered now. */
        FAILED,
        /** The webhook is left alone. */
        DISABLED
    }

    /** An attempt has ended. */
    void attempted(String webhook, Result result, Duration duration);
}
