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
 * @param maxOccurrences how many occurrences are kept
 */
public record VerdictSetup(
        String service, Optional<Path> expectations, Tolerances tolerances, long maxOccurrences) {}
