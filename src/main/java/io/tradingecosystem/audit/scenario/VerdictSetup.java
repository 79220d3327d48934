package io.tradingecosystem.audit.scenario;

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
 */
public record VerdictSetup(
        String service, Optional<Path> expectations, Tolerances tolerances, VerdictBounds bounds) {

    /** With the usual bounds, but for the number of verdicts. */
    public VerdictSetup(
            String service, Optional<Path> expectations, Tolerances tolerances, long maxVerdicts) {
        this(service, expectations, tolerances, VerdictBounds.DEFAULT.withMaxVerdicts(maxVerdicts));
    }
}
