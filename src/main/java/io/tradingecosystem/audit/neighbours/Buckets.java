package io.tradingecosystem.audit.neighbours;

import io.tradingecosystem.audit.monitoring.Meters;

import java.time.Duration;

/** The bounds of the histograms of what is asked of neighbours. */
final class Buckets {
    private Buckets() {}

    static Duration[] ofAnswers() {
        return Meters.millis(1, 5, 25, 100, 500, 2_500, 10_000);
    }
}
