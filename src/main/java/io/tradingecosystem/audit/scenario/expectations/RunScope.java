package io.tradingecosystem.audit.scenario.expectations;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.definition.EventPattern;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What makes one verdict of all that occurred in a run. Which events are of a run their scenario_id
 * says; when a run is over only decides when it is told. Immutable.
 *
 * @param until the event that ends a run; empty if only silence does
 * @param silence a run ends when no trigger occurred for so long; empty if only the event ends it
 * @param each how many of the occurrences must pass; empty where nothing follows them
 * @param measures what is measured over the run
 * @param baseline the run with which it is compared; empty for none
 */
public record RunScope(
        Optional<EventPattern> until,
        Optional<Duration> silence,
        Optional<Share> each,
        List<Measure> measures,
        String baseline) {
    /** After such a silence a run is over in any case. */
    public static final Duration MAX_SILENCE = Duration.ofHours(24);

    public RunScope {
        requireNonNull(until, "until is null");
        requireNonNull(silence, "silence is null");
        requireNonNull(each, "each is null");
        requireNonNull(baseline, "baseline is null");
        measures = List.copyOf(measures);
    }

    /** All that a run is made of: triggers, ends, and what is measured. */
    public Stream<EventPattern> patterns(EventPattern trigger) {
        return Stream.of(
                        Stream.of(trigger), until.stream(), measures.stream().map(Measure::pattern))
                .flatMap(each -> each);
    }

    /** The silence after which a run is over. */
    public Duration patience() {
        return silence.orElse(MAX_SILENCE);
    }
}
