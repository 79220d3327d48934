package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.DecisionKind;
import io.tradingecosystem.audit.projection.DecisionSettings;

import java.time.Duration;
import java.util.Optional;

/** The settings that decide links, as the log has them. */
public final class LinkSettings {
    private static final String SECTION = "correlation";
    private static final Duration MAX_LATENESS = Duration.ofDays(1);
    private static final int MAX_COUNT = 1_000_000_000;

    /**
     * Links; their semantics are 2 since times of one clock are exact, 3 since the first event of a
     * span stands for it however many it has, 4 since values are compared by their key and names
     * are resolved, 5 since links of spans are found however late an event comes, and 6 since
     * nobody hears what a door took in the correlator's words.
     */
    public static final DecisionKind KIND =
            new DecisionKind(
                    "links",
                    SECTION,
                    6,
                    settings -> read(settings, LinkBounds.DEFAULT).isPresent());

    private LinkSettings() {}

    public static DecisionSettings of(LinkBounds bounds) {
        return bounds.clockSkew()
                .addTo(DecisionSettings.of(SECTION))
                .with("allowed-lateness", bounds.allowedLateness())
                .with("max-remembered", bounds.maxRemembered())
                .with("max-causes", bounds.maxCauses())
                .with("max-effects", bounds.maxEffects());
    }

    /**
     * Reads settings.
     *
     * @param otherwise what is not said
     * @return absent if they make no sense
     */
    public static Optional<LinkBounds> read(DecisionSettings settings, LinkBounds otherwise) {
        Optional<Duration> lateness =
                settings.duration("allowed-lateness", otherwise.allowedLateness())
                        .filter(each -> each.compareTo(MAX_LATENESS) <= 0);
        Optional<ClockSkew> skew = ClockSkew.read(settings, otherwise.clockSkew());
        Optional<Integer> remembered = count(settings, "max-remembered", otherwise.maxRemembered());
        Optional<Integer> causes = count(settings, "max-causes", otherwise.maxCauses());
        Optional<Integer> effects = count(settings, "max-effects", otherwise.maxEffects());
        if (lateness.isEmpty()
                || skew.isEmpty()
                || remembered.isEmpty()
                || causes.isEmpty()
                || effects.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new LinkBounds(
                        lateness.get(), skew.get(), remembered.get(), causes.get(), effects.get()));
    }

    private static Optional<Integer> count(DecisionSettings settings, String name, int otherwise) {
        return settings.count(name, otherwise).filter(n -> n <= MAX_COUNT).map(Long::intValue);
    }
}
