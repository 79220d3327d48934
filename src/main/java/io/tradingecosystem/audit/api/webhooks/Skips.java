package io.tradingecosystem.audit.api.webhooks;

import io.tradingecosystem.audit.notify.Skipped;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

/** What is answered to the wish to go on behind an event. */
final class Skips {
    private Skips() {}

    /**
     * Where the event was that is put aside.
     *
     * @throws ProblemException if it is not the next one, or no more can be put aside
     */
    static long position(Skipped skipped) {
        return switch (skipped) {
            case Skipped.Done done -> done.place();
            case Skipped.Other other -> throw conflict(next(other));
            case Skipped.NoRoom noRoom ->
                    throw conflict(
                            "As many events are put aside as can be; let these be sent again.");
        };
    }

    private static String next(Skipped.Other other) {
        return other.next()
                .map("This event is not told next; that is %s."::formatted)
                .orElse("This event is not told next: nothing waits.");
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(Problem.of(Kind.CONFLICT, detail));
    }
}
