package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problems;

/** What it means to a caller that it has sent as much as it may. */
public final class AccessProblems {
    private AccessProblems() {}

    /** Adds the meanings. */
    public static void map(Problems problems) {
        problems.map(LimitExceededException.class, AccessProblems::exceeded);
    }

    private static Problem exceeded(LimitExceededException e) {
        return e.limit().problem(String.valueOf(e.getMessage())).retryAfter(e.retryAfter());
    }
}
