package io.tradingecosystem.audit.notify;

import io.tradingecosystem.audit.definition.Glob;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.settings.WebhookSettings;
import io.tradingecosystem.audit.settings.WebhookSettings.Versions;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which verdicts a webhook is told of; a list that is empty takes all. Immutable. */
record VerdictFilter(
        Versions versions,
        Set<String> statuses,
        boolean criticalOnly,
        List<Glob> expectations,
        List<Glob> scenarios) {

    static VerdictFilter of(WebhookSettings settings) {
        return new VerdictFilter(
                settings.versions(),
                settings.statuses(),
                settings.criticalOnly(),
                settings.expectations().stream().map(Glob::new).toList(),
                settings.scenarios().stream().map(Glob::new).toList());
    }

    boolean takes(Verdict verdict) {
        return isVersion(verdict)
                && (verdict.critical() || !criticalOnly)
                && (statuses.isEmpty() || statuses.contains(status(verdict)))
                && fits(expectations, verdict.expectation())
                && fits(scenarios, verdict.scenario());
    }

    private boolean isVersion(Verdict verdict) {
        return switch (versions) {
            case ALL -> true;
            case FINAL -> verdict.isFinal();
        };
    }

    private static String status(Verdict verdict) {
        return verdict.status().name().toLowerCase(Locale.ROOT);
    }

    private static boolean fits(List<Glob> globs, String name) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(name));
    }
}
