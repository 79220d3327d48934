package io.tradingecosystem.audit.neighbours;

import java.time.Duration;

/** The bounds of the histograms of what is asked of neighbours. */
final class Buckets {
    private Buckets() {}

    static Duration[] ofAnswers() {
        return new Duration[] {
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(10)
        };
    }
}
