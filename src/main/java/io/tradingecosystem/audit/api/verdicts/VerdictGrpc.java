package io.tradingecosystem.audit.api.verdicts;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.LiveCalls;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictService.ExpectationInForce;
import io.tradingecosystem.audit.scenario.expectations.ExpectationConflictException;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Page;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Question;
import io.tradingecosystem.audit.v1.GetCoverageRequest;
import io.tradingecosystem.audit.v1.GetCoverageResponse;
import io.tradingecosystem.audit.v1.GetVerdictsRequest;
import io.tradingecosystem.audit.v1.GetVerdictsResponse;
import io.tradingecosystem.audit.v1.ListScenariosRequest;
import io.tradingecosystem.audit.v1.ListScenariosResponse;
import io.tradingecosystem.audit.v1.PutExpectationRequest;
import io.tradingecosystem.audit.v1.PutExpectationResponse;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;
import io.tradingecosystem.audit.v1.WatchVerdictsRequest;
import io.tradingecosystem.audit.v1.WatchVerdictsResponse;

import java.util.Map;
import java.util.Optional;

/** Verdicts, chaos runs, expectations and coverage over gRPC: {@code audit.v1.ScenarioService}. */
public final class VerdictGrpc extends ScenarioServiceGrpc.ScenarioServiceImplBase {
    private static final int DEFAULT_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;

    private final VerdictService verdicts;
    private final LiveCalls watchers = new LiveCalls("verdict-watch");

    /** Shows what the referee knows. */
    public VerdictGrpc(VerdictService verdicts) {
        this.verdicts = verdicts;
    }

    /** Ends the live streams. */
    public void end() {
        watchers.end();
    }

    @Override
    public void getVerdicts(
            GetVerdictsRequest request, StreamObserver<GetVerdictsResponse> response) {
        Page page;
        try {
            page =
                    verdicts.verdicts()
                            .verdicts(
                                    new Question(
                                            request.getScenarioId(),
                                            request.getExpectation(),
                                            VerdictProto.status(request.getStatus()),
                                            limit(request.getLimit()),
                                            request.getPageToken()));
        } catch (IllegalArgumentException e) {
            response.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asException());
            return;
        }
        GetVerdictsResponse.Builder answer =
                GetVerdictsResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.verdicts().forEach(verdict -> answer.addVerdicts(VerdictProto.message(verdict)));
        answer(response, answer.build());
    }

    @Override
    public void listScenarios(
            ListScenariosRequest request, StreamObserver<ListScenariosResponse> response) {
        ListScenariosResponse.Builder answer = ListScenariosResponse.newBuilder();
        verdicts.verdicts()
                .runs(limit(request.getLimit()))
                .forEach(
                        run ->
                                answer.addScenariosBuilder()
                                        .setScenarioId(run.scenarioId())
                                        .setTally(VerdictProto.message(run.tally())));
        answer(response, answer.build());
    }

    @Override
    public void putExpectation(
            PutExpectationRequest request, StreamObserver<PutExpectationResponse> response) {
        try {
            ExpectationInForce put = verdicts.put(request.getDefinition());
            answer(
                    response,
                    PutExpectationResponse.newBuilder()
                            .setName(put.expectation().name())
                            .setVersion(put.expectation().version())
                            .build());
        } catch (InvalidDefinitionException e) {
            response.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asException());
        } catch (ExpectationConflictException e) {
            response.onError(Status.ALREADY_EXISTS.withDescription(e.getMessage()).asException());
        }
    }

    @Override
    public void watchVerdicts(
            WatchVerdictsRequest request, StreamObserver<WatchVerdictsResponse> response) {
        watchers.watch(
                new LiveVerdicts(verdicts),
                response,
                request.getAfter(),
                made ->
                        WatchVerdictsResponse.newBuilder()
                                .setSequence(made.place())
                                .setVerdict(VerdictProto.message(made.value()))
                                .build(),
                place -> Optional.empty());
    }

    @Override
    public void getCoverage(
            GetCoverageRequest request, StreamObserver<GetCoverageResponse> response) {
        Map<String, Tally> exercised = verdicts.verdicts().exercised();
        GetCoverageResponse.Builder answer = GetCoverageResponse.newBuilder();
        for (ExpectationInForce each : verdicts.expectations()) {
            var entry =
                    answer.addExpectationsBuilder()
                            .setName(each.expectation().name())
                            .setVersion(each.expectation().version())
                            .setScenario(each.expectation().scenario())
                            .setCritical(each.expectation().critical());
            Optional.ofNullable(exercised.get(each.expectation().name()))
                    .ifPresent(tally -> entry.setTally(VerdictProto.message(tally)));
        }
        for (AuditEvent alert : verdicts.verdicts().unexplainedAlerts(DEFAULT_LIMIT)) {
            answer.addUnexplainedAlertIds(alert.id());
        }
        answer(response, answer.build());
    }

    private static int limit(int asked) {
        return asked <= 0 ? DEFAULT_LIMIT : Math.min(asked, HIGHEST_LIMIT);
    }

    private static <T> void answer(StreamObserver<T> response, T message) {
        response.onNext(message);
        response.onCompleted();
    }
}
