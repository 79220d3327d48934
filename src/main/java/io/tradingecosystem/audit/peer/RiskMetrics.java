package io.tradingecosystem.audit.peer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the risk monitor says of the risk that is being taken. Nothing here is computed: what it
 * does not say is absent.
 *
 * @param source where the answer came from
 * @param instance who answered
 * @param asOf when the metrics were computed, by the risk monitor's clock
 * @param metrics the numbers, ordered by name; from REST every number of the document, named by its
 *     path in it, such as {@code limits.breached}; none from a peer that has nothing but its health
 * @param leftOut how many more numbers the document has; only the first 10,000 are taken
 * @param health how the peer is, where that is all it tells
 */
public record RiskMetrics(
        Source source,
        Optional<String> instance,
        Optional<Instant> asOf,
        List<Metric> metrics,
        long leftOut,
        Optional<PeerHealth.State> health) {

    public RiskMetrics {
        requireNonNull(source, "source is null");
        requireNonNull(instance, "instance is null");
        requireNonNull(asOf, "asOf is null");
        metrics = List.copyOf(metrics);
        requireNonNull(health, "health is null");
    }

    /**
     * One number.
     *
     * @param name what it is
     * @param unit a UCUM code or a currency; empty if the peer names none
     * @param labels what the number is about
     */
    public record Metric(String name, double value, String unit, Map<String, String> labels) {
        public Metric {
            labels = Map.copyOf(labels);
        }
    }
}
