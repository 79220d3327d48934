package io.tradingecosystem.audit.api.links;

import io.tradingecosystem.audit.correlation.links.InvalidLinkException;
import io.tradingecosystem.audit.correlation.links.LinkExistsException;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.Problems;

/** What the failures around links mean to callers. */
public final class LinkProblems {
    private LinkProblems() {}

    /** Adds the meanings. */
    public static void map(Problems problems) {
        problems.map(
                        InvalidLinkException.class,
                        e -> Problem.of(Kind.INVALID, String.valueOf(e.getMessage())))
                .map(
                        LinkExistsException.class,
                        e -> Problem.of(Kind.CONFLICT, String.valueOf(e.getMessage())));
    }
}
