package io.tradingecosystem.audit.api.verdicts;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.verdicts.RunOutcomes.Answer;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.scenario.outcomes.RunQuestion;
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.v1.GetOutcomeRequest;
import io.tradingecosystem.audit.v1.GetOutcomeResponse;
import io.tradingecosystem.audit.v1.OutcomeServiceGrpc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What became of a run, for whoever waits for it, over gRPC: {@code audit.v1.OutcomeService}. */
public final class OutcomeGrpc extends OutcomeServiceGrpc.OutcomeServiceImplBase {
    private final RunOutcomes outcomes;
    private final InstantSource clock;

    /**
     * Shows what became of runs.
     *
     * @param clock what time it is, as the log's recorded_at has it
     */
    public OutcomeGrpc(RunOutcomes outcomes, InstantSource clock) {
        this.outcomes = outcomes;
        this.clock = clock;
    }

    @Override
    public void getOutcome(GetOutcomeRequest request, StreamObserver<GetOutcomeResponse> response) {
        Context call = Context.current();
        Answer answer = await(request, wait(request, call.getDeadline()), call);
        Disclosures.items(answer.outcome().expectations().size());
        GrpcAnswers.one(response, OutcomeProto.message(answer, clock.instant()));
    }

    private Answer await(GetOutcomeRequest request, Duration wait, Context call) {
        try {
            return outcomes.await(question(request), asOf(request), wait, call::isCancelled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.of(Kind.UNAVAILABLE, "The wait was cut short."));
        }
    }

    private LogPlace asOf(GetOutcomeRequest request) {
        return request.getAsOf().isEmpty()
                ? outcomes.now()
                : LogPlace.parse(request.getAsOf())
                        .orElseThrow(
                                () -> invalid("as_of", "it is the as_of of a response before"));
    }

    private static RunQuestion question(GetOutcomeRequest request) {
        return new RunQuestion(
                request.getScenarioId(),
                names(request),
                Optional.of(request.getScenario()).filter(kind -> !kind.isEmpty()),
                since(request),
                request.getAllFinal());
    }

    private static Set<String> names(GetOutcomeRequest request) {
        return request.getExpectationsCount() == 0
                ? Set.of()
                : OutcomeRoutes.names(String.join(",", request.getExpectationsList()))
                        .orElseThrow(
                                () ->
                                        invalid(
                                                "expectations",
                                                "they are at most %d names of expectations"
                                                        .formatted(OutcomeRoutes.MAX_NAMES)));
    }

    private static Optional<Instant> since(GetOutcomeRequest request) {
        if (!request.hasSince()) {
            return Optional.empty();
        }
        Instant since = Protobuf.instant(request.getSince());
        if (!Times.fitsNanos(since)) {
            throw invalid("since", "it is a time from 1678 to 2261");
        }
        return Optional.of(since);
    }

    /** Three quarters of the time that the caller has left at most: a late answer is none. */
    private static Duration wait(GetOutcomeRequest request, Deadline deadline) {
        Duration wait = Protobuf.duration(request.getWait());
        if (!OutcomeRoutes.isShort(wait)) {
            throw invalid("wait", "it is at most a minute");
        }
        if (deadline == null) {
            return wait;
        }
        Duration left = Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS) / 4 * 3);
        return left.compareTo(wait) < 0 ? left : wait;
    }

    private static ProblemException invalid(String field, String allowed) {
        return new ProblemException(
                Problem.of(Kind.INVALID, "%s is not accepted: %s.".formatted(field, allowed)));
    }
}
