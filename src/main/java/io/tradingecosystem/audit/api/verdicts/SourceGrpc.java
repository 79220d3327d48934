package io.tradingecosystem.audit.api.verdicts;

import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.common.PageTokens;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.sources.SourceStoreReader.Page;
import io.tradingecosystem.audit.scenario.sources.SourceView;
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.v1.GetSourceRequest;
import io.tradingecosystem.audit.v1.GetSourceResponse;
import io.tradingecosystem.audit.v1.ListSourcesRequest;
import io.tradingecosystem.audit.v1.ListSourcesResponse;
import io.tradingecosystem.audit.v1.SourceServiceGrpc;

import java.time.Instant;
import java.time.InstantSource;

/** Services as sources of evidence over gRPC: {@code audit.v1.SourceService}. */
public final class SourceGrpc extends SourceServiceGrpc.SourceServiceImplBase {
    private final VerdictService verdicts;
    private final InstantSource clock;

    /**
     * Shows what the referee heard.
     *
     * @param clock tells who is silent now
     */
    public SourceGrpc(VerdictService verdicts, InstantSource clock) {
        this.verdicts = verdicts;
        this.clock = clock;
    }

    @Override
    public void listSources(
            ListSourcesRequest request, StreamObserver<ListSourcesResponse> response) {
        PageTokens tokens = Protobuf.pageTokens(request);
        Progress progress = verdicts.progress().now();
        Instant now = clock.instant();
        Page page =
                verdicts.sources()
                        .page(
                                SourceRoutes.inForce(verdicts),
                                SourceRoutes.LIMIT.of(request.getLimit()),
                                tokens.taken(request.getPageToken()));
        Disclosures.items(page.sources().size());
        ListSourcesResponse.Builder answer =
                ListSourcesResponse.newBuilder()
                        .setNextPageToken(tokens.given(page.nextPageToken()))
                        .setAt(timestamp(now))
                        .addAllIncomplete(Incomplete.messages(page.incomplete()))
                        .setVerdictsProgress(ProgressAnswers.message(progress));
        page.since().ifPresent(since -> answer.setSince(timestamp(since)));
        page.sources().forEach(each -> answer.addSources(SourceProto.message(each, now)));
        GrpcAnswers.one(response, answer.build());
    }

    @Override
    public void getSource(GetSourceRequest request, StreamObserver<GetSourceResponse> response) {
        Progress progress = verdicts.progress().now();
        Instant now = clock.instant();
        SourceView source =
                verdicts.sources()
                        .find(SourceRoutes.inForce(verdicts), request.getService())
                        .orElseThrow(
                                () -> ProblemException.unknown("source", request.getService()));
        Disclosures.items(1);
        GrpcAnswers.one(
                response,
                GetSourceResponse.newBuilder()
                        .setSource(SourceProto.message(source, now))
                        .setAt(timestamp(now))
                        .setVerdictsProgress(ProgressAnswers.message(progress))
                        .build());
    }
}
