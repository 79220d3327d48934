package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.DecisionKind;
import io.tradingecosystem.audit.projection.DecisionSettings;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.time.Duration;
import java.util.List;

/** The settings that decide verdicts, as the log has them. */
final class VerdictSettings {
    private static final String SECTION = "scenario";
    private static final String LATENESS = "allowed-lateness";
    private static final String CATCH_UP = "catch-up";
    private static final String MAX_VERDICTS = "max-verdicts";
    private static final String MAX_OPEN = "max-open-windows";
    private static final String MAX_HELD = "max-held-events";
    private static final String SEARCH_BUDGET = "search-budget";

    /** Verdicts. */
    static final DecisionKind KIND =
            new DecisionKind("verdicts", SECTION, Referee.SEMANTICS, VerdictSettings::areSensible);

    private static final Duration MAX = Duration.ofDays(1);

    private VerdictSettings() {}

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

    private static boolean areSensible(DecisionSettings settings) {
        return List.of(LATENESS, CATCH_UP).stream().allMatch(each -> isDuration(settings, each))
                && List.of(MAX_VERDICTS, MAX_OPEN, MAX_HELD, SEARCH_BUDGET).stream()
                        .allMatch(each -> settings.count(each, 1).isPresent())
                && ClockSkew.read(settings, ClockSkew.of(Duration.ZERO)).isPresent();
    }

    private static boolean isDuration(DecisionSettings settings, String name) {
        return settings.duration(name, Duration.ZERO)
                .filter(each -> each.compareTo(MAX) <= 0)
                .isPresent();
    }
}
