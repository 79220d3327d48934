package io.tradingecosystem.audit.query;

import io.tradingecosystem.audit.correlation.InvalidLinkException;
import io.tradingecosystem.audit.correlation.LinkExistsException;
import io.tradingecosystem.audit.server.Problem;
import io.tradingecosystem.audit.server.Problem.Kind;
import io.tradingecosystem.audit.server.Problems;

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
