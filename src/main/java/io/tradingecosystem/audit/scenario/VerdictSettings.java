package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.DecisionKind;
import io.tradingecosystem.audit.projection.DecisionSettings;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings that decide verdicts, as the log has them.
 *
 * @param tolerances how exact the world is
 * @param bounds how much is kept
 */
record VerdictSettings(Tolerances tolerances, VerdictBounds bounds) {
    private static final String SECTION = "scenario";
    private static final String LATENESS = "allowed-lateness";
    private static final String CATCH_UP = "catch-up";
    private static final String MAX_VERDICTS = "max-verdicts";
    private static final String MAX_OPEN = "max-open-windows";
    private static final String MAX_HELD = "max-held-events";
    private static final String SEARCH_BUDGET = "search-budget";
    private static final Duration MAX = Duration.ofDays(1);

    /** Verdicts. */
    static final DecisionKind KIND =
            new DecisionKind(
                    "verdicts",
                    SECTION,
                    Referee.SEMANTICS,
                    said -> read(said, Tolerances.DEFAULT, VerdictBounds.DEFAULT).isPresent());

    /** These as the log has them. */
    static DecisionSettings of(Tolerances tolerances, VerdictBounds bounds) {
        return tolerances
                .clockSkew()
                .addTo(DecisionSettings.of(SECTION))
                .with(LATENESS, tolerances.allowedLateness())
                .with(CATCH_UP, tolerances.catchUp())
                .with(MAX_VERDICTS, bounds.maxVerdicts())
                .with(MAX_OPEN, bounds.maxOpen())
                .with(MAX_HELD, bounds.maxHeld())
                .with(SEARCH_BUDGET, bounds.searchBudget());
    }

    /**
     * Reads settings.
     *
     * @param tolerances what is not said of them
     * @param bounds what is not said of them; who keeps all verdicts keeps all, whatever is said
     * @return absent if they make no sense
     */
    static Optional<VerdictSettings> read(
            DecisionSettings said, Tolerances tolerances, VerdictBounds bounds) {
        return tolerances(said, tolerances)
                .flatMap(
                        exact ->
                                bounds(said, bounds).map(kept -> new VerdictSettings(exact, kept)));
    }

    private static Optional<Tolerances> tolerances(DecisionSettings said, Tolerances otherwise) {
        Optional<Duration> lateness = duration(said, LATENESS, otherwise.allowedLateness());
        Optional<ClockSkew> skew = ClockSkew.read(said, otherwise.clockSkew());
        Optional<Duration> catchUp = duration(said, CATCH_UP, otherwise.catchUp());
        return lateness.isPresent() && skew.isPresent() && catchUp.isPresent()
                ? Optional.of(new Tolerances(lateness.get(), skew.get(), catchUp.get()))
                : Optional.empty();
    }

    private static Optional<VerdictBounds> bounds(DecisionSettings said, VerdictBounds otherwise) {
        Optional<Long> verdicts = said.count(MAX_VERDICTS, otherwise.maxVerdicts());
        Optional<Long> open = said.count(MAX_OPEN, otherwise.maxOpen());
        Optional<Long> held = said.count(MAX_HELD, otherwise.maxHeld());
        Optional<Integer> budget =
                said.count(SEARCH_BUDGET, otherwise.searchBudget())
                        .filter(count -> count <= Integer.MAX_VALUE)
                        .map(Long::intValue);
        if (verdicts.isEmpty() || open.isEmpty() || held.isEmpty() || budget.isEmpty()) {
            return Optional.empty();
        }
        long kept = otherwise.keepsAllVerdicts() ? otherwise.maxVerdicts() : verdicts.get();
        return Optional.of(
                new VerdictBounds(
                        kept, open.get(), held.get(), otherwise.maxCached(), budget.get()));
    }

    private static Optional<Duration> duration(
            DecisionSettings said, String name, Duration otherwise) {
        return said.duration(name, otherwise).filter(each -> each.compareTo(MAX) <= 0);
    }
}
