package io.tradingecosystem.audit.api.events;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

/** What senders of events are answered, whatever form these came in. */
final class EventAnswers {
    private static final Status MULTI_STATUS = Status.create(207, "Multi-Status");

    private EventAnswers() {}

    /** The answer to a single event. */
    static void one(ServerResponse response, Receipt receipt) {
        Results.Result result = Results.Result.of(1, receipt);
        switch (result.outcome()) {
            case STORED, DUPLICATE -> send(response, Status.CREATED_201, result);
            case CONFLICT -> throw new ProblemException(problem(Kind.CONFLICT, result));
            case REJECTED -> throw new ProblemException(problem(rejection(result), result));
        }
    }

    /** What is damaged is no fault of the sender. */
    private static Kind rejection(Results.Result result) {
        return result.isUndecided() ? Kind.UNAVAILABLE : Kind.INVALID;
    }

    private static Problem problem(Kind kind, Results.Result result) {
        Problem problem =
                Problem.of(kind, result.detail().orElse("")).with("outcome", result.outcome());
        if (!result.id().isEmpty()) {
            problem = problem.with("id", result.id());
        }
        return result.reason().isPresent()
                ? problem.with("reason", result.reason().get())
                : problem.with("position", result.position().orElse(0L));
    }

    /** The answer to a batch. */
    static void many(ServerResponse response, Results results) {
        if (results.allKept()) {
            send(response, Status.CREATED_201, results.document());
        } else if (results.noneKept()) {
            throw new ProblemException(
                    results.withResults(
                            Problem.of(
                                    results.refusal(),
                                    "None of the events was taken; results tells why.")));
        } else {
            send(response, MULTI_STATUS, results.document());
        }
    }

    /** An answer that all of a batch was taken, or a part. */
    static void send(ServerResponse response, Results results, Object document) {
        send(response, results.allKept() ? Status.CREATED_201 : MULTI_STATUS, document);
    }

    private static void send(ServerResponse response, Status status, Object document) {
        response.status(status);
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(Json.line(document));
    }
}
