package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.DecisionKind;
import io.tradingecosystem.audit.projection.DecisionSettings;

import java.time.Duration;
import java.util.List;

/** The settings that decide verdicts, as the log has them. */
final class VerdictSettings {
    static final String SECTION = "scenario";
    static final String LATENESS = "allowed-lateness";
    static final String CATCH_UP = "catch-up";
    static final String MAX_VERDICTS = "max-verdicts";
    static final String MAX_OPEN = "max-open";
    static final String MAX_HELD = "max-held";
    static final String SEARCH_BUDGET = "search-budget";

    /** Verdicts; their semantics are 2 since times of one clock are exact. */
    static final DecisionKind KIND =
            new DecisionKind("verdicts", SECTION, 2, VerdictSettings::areSensible);

    private static final Duration MAX = Duration.ofDays(1);

    private VerdictSettings() {}

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
