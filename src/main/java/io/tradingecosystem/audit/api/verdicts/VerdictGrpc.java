package io.tradingecosystem.audit.api.verdicts;

import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.api.LiveCalls;
import io.tradingecosystem.audit.api.LiveCalls.From;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.ProvenanceAnswers;
import io.tradingecosystem.audit.api.Tellers;
import io.tradingecosystem.audit.api.verdicts.FalsePositives.Candidates;
import io.tradingecosystem.audit.common.PageTokens;
import io.tradingecosystem.audit.definition.InForce;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.scenario.GapReports;
import io.tradingecosystem.audit.scenario.TrialQuestion;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.WithdrawnExpectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.ReportedGap;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Page;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Question;
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.v1.GetCoverageRequest;
import io.tradingecosystem.audit.v1.GetCoverageResponse;
import io.tradingecosystem.audit.v1.GetVerdictsRequest;
import io.tradingecosystem.audit.v1.GetVerdictsResponse;
import io.tradingecosystem.audit.v1.ListScenariosRequest;
import io.tradingecosystem.audit.v1.ListScenariosResponse;
import io.tradingecosystem.audit.v1.PutExpectationRequest;
import io.tradingecosystem.audit.v1.PutExpectationResponse;
import io.tradingecosystem.audit.v1.ReportGapRequest;
import io.tradingecosystem.audit.v1.ReportGapResponse;
import io.tradingecosystem.audit.v1.ReportGapResponse.Outcome;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;
import io.tradingecosystem.audit.v1.TryExpectationRequest;
import io.tradingecosystem.audit.v1.TryExpectationResponse;
import io.tradingecosystem.audit.v1.WatchVerdictsRequest;
import io.tradingecosystem.audit.v1.WatchVerdictsResponse;
import io.tradingecosystem.audit.v1.WithdrawExpectationRequest;
import io.tradingecosystem.audit.v1.WithdrawExpectationResponse;

import java.util.Map;
import java.util.Optional;

/** Verdicts, chaos runs, expectations and coverage over gRPC: {@code audit.v1.ScenarioService}. */
public final class VerdictGrpc extends ScenarioServiceGrpc.ScenarioServiceImplBase {
    private final VerdictService verdicts;
    private final FalsePositives alerts;
    private final GapReports gaps;
    private final LiveCalls watchers = new LiveCalls("verdict-watch");

    /** Shows what the referee knows, and gives it what senders lost. */
    public VerdictGrpc(VerdictService verdicts, FalsePositives alerts, GapReports gaps) {
        this.verdicts = verdicts;
        this.alerts = alerts;
        this.gaps = gaps;
    }

    /** Ends the live streams. */
    public void end() {
        watchers.end();
    }

    @Override
    public void getVerdicts(
            GetVerdictsRequest request, StreamObserver<GetVerdictsResponse> response) {
        PageTokens tokens = Protobuf.pageTokens(request);
        Progress progress = verdicts.progress().now();
        Page page =
                verdicts.verdicts()
                        .verdicts(
                                new Question(
                                        request.getScenarioId(),
                                        request.getExpectation(),
                                        Protobuf.choice(request.getStatus(), Verdict.Status.class),
                                        VerdictRoutes.LIMIT.of(request.getLimit()),
                                        tokens.taken(request.getPageToken())));
        GetVerdictsResponse.Builder answer =
                GetVerdictsResponse.newBuilder()
                        .setNextPageToken(tokens.given(page.nextPageToken()))
                        .setVerdictsProgress(ProgressAnswers.message(progress));
        Disclosures.items(page.verdicts().size());
        page.verdicts().forEach(verdict -> answer.addVerdicts(VerdictProto.message(verdict)));
        GrpcAnswers.one(response, answer.build());
    }

    @Override
    public void listScenarios(
            ListScenariosRequest request, StreamObserver<ListScenariosResponse> response) {
        PageTokens tokens = Protobuf.pageTokens(request);
        RunStoreReader.Page page =
                verdicts.verdicts()
                        .runs()
                        .page(
                                VerdictRoutes.LIMIT.of(request.getLimit()),
                                tokens.taken(request.getPageToken()));
        ListScenariosResponse.Builder answer =
                ListScenariosResponse.newBuilder()
                        .setNextPageToken(tokens.given(page.nextPageToken()))
                        .setVerdictsProgress(ProgressAnswers.message(verdicts.progress().now()));
        Disclosures.items(page.runs().size());
        page.runs()
                .forEach(
                        run ->
                                answer.addScenariosBuilder()
                                        .setScenarioId(run.scenarioId())
                                        .setTally(VerdictProto.message(run.tally())));
        answer.addAllIncomplete(Incomplete.messages(verdicts.verdicts().unsearched()));
        GrpcAnswers.one(response, answer.build());
    }

    @Override
    public void putExpectation(
            PutExpectationRequest request, StreamObserver<PutExpectationResponse> response) {
        InForce<Expectation> put = verdicts.put(request.getDefinition(), Tellers.ofCall());
        Disclosures.act(put);
        PutExpectationResponse.Builder answer =
                PutExpectationResponse.newBuilder()
                        .setName(put.definition().name())
                        .setVersion(put.definition().version())
                        .addAllWarnings(put.warnings());
        put.provenance().map(ProvenanceAnswers::message).ifPresent(answer::setProvenance);
        GrpcAnswers.one(response, answer.build());
    }

    @Override
    public void withdrawExpectation(
            WithdrawExpectationRequest request,
            StreamObserver<WithdrawExpectationResponse> response) {
        WithdrawnExpectation withdrawn =
                verdicts.withdraw(request.getName(), Tellers.ofCall())
                        .orElseThrow(
                                () -> ProblemException.unknown("expectation", request.getName()));
        Disclosures.actOn(withdrawn.eventId());
        WithdrawExpectationResponse.Builder answer =
                WithdrawExpectationResponse.newBuilder()
                        .setName(withdrawn.name())
                        .setEventId(withdrawn.eventId());
        withdrawn.since().map(Protobuf::timestamp).ifPresent(answer::setSince);
        withdrawn.provenance().map(ProvenanceAnswers::message).ifPresent(answer::setProvenance);
        GrpcAnswers.one(response, answer.build());
    }

    @Override
    public void tryExpectation(
            TryExpectationRequest request, StreamObserver<TryExpectationResponse> response) {
        Trial trial =
                Trial.of(
                        verdicts.trials(),
                        new TrialQuestion(
                                request.getDefinition(),
                                Protobuf.instant(request.getFrom()),
                                request.hasTo() ? Protobuf.instant(request.getTo()) : Selection.END,
                                request.getScenarioId()),
                        VerdictRoutes.LIMIT.of(request.getLimit()));
        GrpcAnswers.one(response, trial.message());
    }

    @Override
    public void reportGap(ReportGapRequest request, StreamObserver<ReportGapResponse> response) {
        GapReports.Told told =
                gaps.tell(
                        new ReportedGap(request.getService(), gap(request), Tellers.ofCall()),
                        Tellers.mayTellOf());
        Disclosures.actOn(told.id());
        GrpcAnswers.one(
                response,
                ReportGapResponse.newBuilder()
                        .setId(told.id())
                        .setPosition(told.position())
                        .setOutcome(told.isNew() ? Outcome.STORED : Outcome.DUPLICATE)
                        .build());
    }

    /** A time that is not told is the epoch, before which no gap begins. */
    private static Gap gap(ReportGapRequest request) {
        return new Gap(
                Protobuf.instant(request.getFrom()),
                Protobuf.instant(request.getTo()),
                request.getReason().isBlank() ? Gap.DEFAULT_REASON : request.getReason());
    }

    @Override
    public void watchVerdicts(
            WatchVerdictsRequest request, StreamObserver<WatchVerdictsResponse> response) {
        Live<Verdict> live = new LiveVerdicts(verdicts);
        watchers.watch(
                live,
                response,
                new From(request.getLog(), request.getAfter()),
                made ->
                        WatchVerdictsResponse.newBuilder()
                                .setLog(live.log())
                                .setSequence(made.place())
                                .setVerdict(VerdictProto.message(made.value()))
                                .build(),
                skipped ->
                        WatchVerdictsResponse.newBuilder()
                                .setLog(live.log())
                                .setSequence(skipped.getTo())
                                .setSkipped(skipped)
                                .build(),
                gap ->
                        WatchVerdictsResponse.newBuilder()
                                .setLog(live.log())
                                .setSequence(gap.getTo())
                                .setGap(gap)
                                .build(),
                place -> Optional.empty());
    }

    @Override
    public void getCoverage(
            GetCoverageRequest request, StreamObserver<GetCoverageResponse> response) {
        GetCoverageResponse.Builder answer =
                GetCoverageResponse.newBuilder()
                        .setVerdictsProgress(ProgressAnswers.message(verdicts.progress().now()));
        Map<String, Tally> exercised = verdicts.verdicts().exercised();
        for (InForce<Expectation> each : verdicts.expectations()) {
            var entry =
                    answer.addExpectationsBuilder()
                            .setName(each.definition().content().name())
                            .setVersion(each.definition().content().version())
                            .setScenario(each.definition().content().scenario())
                            .setCritical(each.definition().content().critical());
            each.provenance().map(ProvenanceAnswers::message).ifPresent(entry::setProvenance);
            Optional.ofNullable(exercised.get(each.definition().content().name()))
                    .ifPresent(tally -> entry.setTally(VerdictProto.message(tally)));
        }
        Disclosures.items(answer.getExpectationsCount());
        Candidates candidates = alerts.among(verdicts.verdicts());
        candidates.alerts().forEach(alert -> answer.addUnexplainedAlertIds(alert.id()));
        answer.setLinksProgress(ProgressAnswers.message(candidates.linked()))
                .setAlertsNotLinkedYet(candidates.notLinkedYet())
                .setAlertsFurther(candidates.further())
                .setAlertsForgotten(candidates.forgotten().count());
        if (candidates.forgotten().count() > 0) {
            answer.setAlertsForgottenUntil(Protobuf.timestamp(candidates.forgotten().until()));
        }
        answer.addAllIncomplete(Incomplete.messages(FalsePositives.incomplete(candidates)));
        GrpcAnswers.one(response, answer.build());
    }
}
