package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.nio.file.Path;
import java.util.Map;
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
 * @param parameters values for parameters of expectations, instead of those that their files have
 */
public record VerdictSetup(
        String service,
        Optional<Path> expectations,
        Tolerances tolerances,
        VerdictBounds bounds,
        AlertPolicy alerts,
        EventAliases names,
        Map<String, String> parameters) {

    public VerdictSetup {
        parameters = Map.copyOf(parameters);
    }

    /** How new expectations are read. */
    DefinitionKind<Expectation> kind() {
        return ExpectationReader.KIND.named(names).with(parameters);
    }

    /** With the names that are known without a setting. */
    public VerdictSetup(
            String service,
            Optional<Path> expectations,
            Tolerances tolerances,
            VerdictBounds bounds,
            AlertPolicy alerts) {
        this(service, expectations, tolerances, bounds, alerts, EventAliases.DEFAULT, Map.of());
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
