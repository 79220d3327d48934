package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Source;
import io.tradingecosystem.audit.scenario.runs.Closing;
import io.tradingecosystem.audit.scenario.runs.Silences;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * What silent sources may hide of a run, from its first trigger to its end.
 *
 * @param skew how far clocks may differ
 */
record RunSilence(Sources sources, Expectation expectation, Closing closing, Duration skew)
        implements Silences {

    /** How much later a run is due, as only the next sign shows that nothing was lost before it. */
    static Duration longest(Expectation expectation) {
        return expectation
                .run()
                .orElseThrow()
                .patterns(expectation.trigger())
                .map(pattern -> Source.every(expectation.sources(), pattern))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public Optional<String> ofTriggers() {
        return of(expectation.trigger());
    }

    @Override
    public Optional<String> of(EventPattern pattern) {
        long from = Nanos.plus(Times.toEpochNanos(closing.from()), -Nanos.of(skew));
        long to = Nanos.plus(Times.toEpochNanos(closing.at()), Nanos.of(skew));
        return sources.silence(expectation, pattern, from, to);
    }
}
