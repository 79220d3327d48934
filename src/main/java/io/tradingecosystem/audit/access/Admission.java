package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.ProblemException;

import java.util.function.Function;

/**
 * Decides about the requests of one door; those that it refuses are counted and recorded.
 * Thread-safe.
 */
final class Admission {
    private final String door;
    private final Function<Problem.Kind, String> status;
    private final AccessPolicy policy;
    private final Denials denials;
    private final AccessRecords records;

    /**
     * @param door its name among the metrics
     * @param status what it answers to problems, as records have it
     */
    Admission(
            String door,
            Function<Problem.Kind, String> status,
            AccessPolicy policy,
            Denials denials,
            AccessRecords records) {
        this.door = door;
        this.status = status;
        this.policy = policy;
        this.denials = denials;
        this.records = records;
    }

    /**
     * Who asks, if that may be served.
     *
     * @param before throws where it is not to be served whoever asks
     * @throws ProblemException 401, 403, 415 or 429, with the name of a {@link Denial}
     */
    Caller admit(String route, Permission permission, Credentials credentials, Runnable before) {
        Caller caller = Caller.NONE;
        try {
            before.run();
            caller = policy.caller(permission, credentials);
            policy.require(permission, caller);
            return policy.limited(permission, caller, credentials);
        } catch (ProblemException e) {
            denials.count(door, e.problem());
            String answer = status.apply(e.problem().kind());
            records.refused(caller, credentials.address(), route, answer, e);
            throw e;
        }
    }
}
