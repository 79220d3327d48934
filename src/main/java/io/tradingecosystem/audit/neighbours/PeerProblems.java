package io.tradingecosystem.audit.neighbours;

import io.tradingecosystem.audit.peer.ServiceUnavailableException;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.Problems;

import java.util.concurrent.CancellationException;

/** What the failures of calls to peers mean to callers. */
public final class PeerProblems {
    private PeerProblems() {}

    /** Adds the meanings. */
    public static void map(Problems problems) {
        problems.map(ServiceUnavailableException.class, PeerProblems::away)
                .map(
                        CancellationException.class,
                        e -> Problem.of(Kind.UNAVAILABLE, "The call was cancelled."));
    }

    private static Problem away(ServiceUnavailableException e) {
        Problem problem =
                Problem.of(Kind.UNAVAILABLE, String.valueOf(e.getMessage()))
                        .retryAfter(e.retryAfter())
                        .with("service", e.service())
                        .with("reason", e.reason().name());
        return e.instance().map(id -> problem.with("peer_instance", id)).orElse(problem);
    }
}
