package io.tradingecosystem.audit.api.comparisons;

import io.tradingecosystem.audit.comparison.UnknownRunException;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.Problems;

/** What the failures around comparisons mean to callers. */
public final class ComparisonProblems {
    private ComparisonProblems() {}

    /** Adds the meanings. */
    public static void map(Problems problems) {
        problems.map(
                UnknownRunException.class,
                e -> Problem.of(Kind.NOT_FOUND, "There is no event of the run " + e.run() + "."));
    }
}
