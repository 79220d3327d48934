package io.tradingecosystem.audit.scenario.sources;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.expectations.Source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What expectations in force want a service to say, and whether it does. Immutable.
 *
 * @param source how often it is to speak, and by what it counts
 * @param expectations the names of those that want so
 * @param lastSign the latest occurred_at of a sign of life; empty if there was none
 * @param holes how often it was silent for too long between two signs, or left out a number, as far
 *     as is known
 * @param repeated whether a number came twice, so that no hole can be seen any more
 * @param listened whether it is listened to; not where too many sources are declared
 */
public record Speaking(
        Source source,
        List<String> expectations,
        Optional<Instant> lastSign,
        int holes,
        boolean repeated,
        boolean listened) {
    public Speaking {
        expectations = List.copyOf(expectations);
    }

    /** Of a source of which nothing is kept. */
    static Speaking unheard(Source source, List<String> expectations) {
        return new Speaking(source, expectations, Optional.empty(), 0, false, false);
    }

    /** Of a source as it is kept. */
    static Speaking of(Source source, List<String> expectations, JsonNode stored) {
        JsonNode runs = stored.required("runs");
        long last = Long.MIN_VALUE;
        for (JsonNode run : runs) {
            last = Math.max(last, run.get(1).longValue());
        }
        return new Speaking(
                source,
                expectations,
                runs.isEmpty() ? Optional.empty() : Optional.of(Times.ofEpochNanos(last)),
                Math.max(0, runs.size() - 1),
                stored.required("repeated").booleanValue(),
                true);
    }

    /** Whether it should have spoken by now, and did not. */
    public boolean isSilent(Instant now) {
        return lastSign.map(sign -> sign.plus(source.every()).isBefore(now)).orElse(true);
    }
}
