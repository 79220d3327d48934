package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a referee needs to know.
 *
 * @param service our own name, as the sender of verdicts
 * @param expectations the folder with expectations; absent means the shipped ones
 * @param tolerances how exact the world is
 * @param bounds how much is kept
 * @param alerts which events are alerts
 * @param names under which events are kept
 */
public record VerdictSetup(
        String service,
        Optional<Path> expectations,
        Tolerances tolerances,
        VerdictBounds bounds,
        AlertPolicy alerts,
        EventAliases names) {

    /** With the names that are known without a setting. */
    public VerdictSetup(
            String service,
            Optional<Path> expectations,
            Tolerances tolerances,
            VerdictBounds bounds,
            AlertPolicy alerts) {
        this(service, expectations, tolerances, bounds, alerts, EventAliases.DEFAULT);
    }

    /** With the alerts that there are by default, too. */
    public VerdictSetup(
            String service,
            Optional<Path> expectations,
            Tolerances tolerances,
            VerdictBounds bounds) {
        this(service, expectations, tolerances, bounds, AlertPolicy.DEFAULT);
    }

    /** With the usual bounds, but for the number of verdicts. */
    public VerdictSetup(
            String service, Optional<Path> expectations, Tolerances tolerances, long maxVerdicts) {
        this(service, expectations, tolerances, VerdictBounds.DEFAULT.withMaxVerdicts(maxVerdicts));
    }
}
