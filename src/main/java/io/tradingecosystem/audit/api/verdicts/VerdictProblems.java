package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.Problems;
import io.tradingecosystem.audit.scenario.ForeignGapException;
import io.tradingecosystem.audit.scenario.InvalidGapException;
import io.tradingecosystem.audit.scenario.TooManyTrialsException;
import io.tradingecosystem.audit.scenario.expectations.ExpectationConflictException;

import java.time.Duration;

/** What the failures around expectations and verdicts mean to callers. */
public final class VerdictProblems {
    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private VerdictProblems() {}

    /** Adds the meanings. */
    public static void map(Problems problems) {
        problems.map(
                        InvalidDefinitionException.class,
                        e ->
                                Problem.of(
                                                Kind.INVALID,
                                                "The definition has problems: " + e.getMessage())
                                        .with("problems", e.problems()))
                .map(
                        InvalidGapException.class,
                        e -> Problem.of(Kind.INVALID, String.valueOf(e.getMessage())))
                .map(
                        ForeignGapException.class,
                        e ->
                                Problem.of(Kind.FORBIDDEN, String.valueOf(e.getMessage()))
                                        .with("reason", "FOREIGN_SERVICE"))
                .map(
                        TooManyTrialsException.class,
                        e ->
                                Problem.of(Kind.BUSY, String.valueOf(e.getMessage()))
                                        .retryAfter(COME_BACK))
                .map(
                        ExpectationConflictException.class,
                        e -> Problem.of(Kind.CONFLICT, String.valueOf(e.getMessage())));
    }
}
