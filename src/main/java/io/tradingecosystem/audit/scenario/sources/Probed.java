package io.tradingecosystem.audit.scenario.sources;

import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;

import java.util.List;
import java.util.Optional;

/**
 * Whether a service is alive, as its probe finds it. Immutable.
 *
 * @param expectations the names of those that ask
 * @param last the last time that it was dead; empty if it never was
 */
public record Probed(List<String> expectations, Optional<DeadTime> last) {
    public Probed {
        expectations = List.copyOf(expectations);
    }

    static Probed of(String service, List<String> expectations, Optional<DeadTimes.Dead> last) {
        return new Probed(expectations, last.map(each -> time(service, each)));
    }

    private static DeadTime time(String service, DeadTimes.Dead dead) {
        return new DeadTime(
                service,
                Times.ofEpochNanos(dead.since()),
                dead.until() == Long.MAX_VALUE
                        ? Optional.empty()
                        : Optional.of(Times.ofEpochNanos(dead.until())));
    }

    /** Whether it is dead now. */
    public boolean isDead() {
        return last.filter(each -> each.until().isEmpty()).isPresent();
    }
}
