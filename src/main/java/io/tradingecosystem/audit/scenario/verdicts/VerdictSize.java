package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;

/** About how many bytes a verdict takes in an answer. */
final class VerdictSize {
    private VerdictSize() {}

    static long of(Verdict verdict) {
        long findings = verdict.findings().stream().mapToLong(VerdictSize::of).sum();
        return 512L + verdict.reason().length() + verdict.scenarioId().length() + findings;
    }

    private static long of(Finding finding) {
        long sightings = finding.sightings().stream().mapToLong(VerdictSize::of).sum();
        return 256L + finding.reason().length() + sightings;
    }

    private static long of(Sighting sighting) {
        return 128L + sighting.eventId().length() + sighting.type().length();
    }
}
