package io.tradingecosystem.audit.api.links;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.api.LiveCalls;
import io.tradingecosystem.audit.api.LiveCalls.From;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.SelectionParameters;
import io.tradingecosystem.audit.api.Tellers;
import io.tradingecosystem.audit.common.PageTokens;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.analysis.CausalChain;
import io.tradingecosystem.audit.correlation.analysis.CausalChains;
import io.tradingecosystem.audit.correlation.analysis.CausalChains.Towards;
import io.tradingecosystem.audit.correlation.analysis.Timeline;
import io.tradingecosystem.audit.correlation.analysis.TimelineQuestion;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.correlation.links.ManualLink;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.server.grpc.PacedCall;
import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc;
import io.tradingecosystem.audit.v1.CreateLinkRequest;
import io.tradingecosystem.audit.v1.CreateLinkResponse;
import io.tradingecosystem.audit.v1.GetCausalChainRequest;
import io.tradingecosystem.audit.v1.GetCausalChainResponse;
import io.tradingecosystem.audit.v1.GetTimelineRequest;
import io.tradingecosystem.audit.v1.GetTimelineResponse;
import io.tradingecosystem.audit.v1.ListLinksRequest;
import io.tradingecosystem.audit.v1.ListLinksResponse;
import io.tradingecosystem.audit.v1.WatchLinksRequest;
import io.tradingecosystem.audit.v1.WatchLinksResponse;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Timelines, causal chains and links over gRPC: {@code audit.v1.CorrelationService}. */
public final class LinkGrpc extends CorrelationServiceGrpc.CorrelationServiceImplBase {
    private static final int ENTRIES_PER_MESSAGE = 100;
    private static final int MAX_TIMELINES = 64;

    private final LinkAnalyses correlations;
    private final LinkService links;
    private final LiveCalls watchers = new LiveCalls("link-watch");
    private final Semaphore timelines = new Semaphore(MAX_TIMELINES);
    private volatile boolean ended;

    /** Shows what is told from events and links. */
    public LinkGrpc(LinkAnalyses correlations, LinkService links) {
        this.correlations = correlations;
        this.links = links;
    }

    /** Ends the live streams. */
    public void end() {
        ended = true;
        watchers.end();
    }

    @Override
    public void getTimeline(
            GetTimelineRequest request, StreamObserver<GetTimelineResponse> response) {
        Progress progress = correlations.progress().get();
        PageTokens tokens = Protobuf.pageTokens(request);
        Timeline timeline = correlations.timeline(question(request, tokens));
        if (!timelines.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(Kind.BUSY, MAX_TIMELINES + " timelines are sent already"));
        }
        PacedCall<GetTimelineResponse> call =
                new PacedCall<>(
                        (ServerCallStreamObserver<GetTimelineResponse>) response, () -> ended);
        call.start("timeline", () -> send(timeline, tokens, progress, call), timelines::release);
    }

    private void send(
            Timeline timeline,
            PageTokens tokens,
            Progress progress,
            PacedCall<GetTimelineResponse> call)
            throws InterruptedException {
        GetTimelineResponse.Builder part =
                GetTimelineResponse.newBuilder()
                        .setLinksProgress(ProgressAnswers.message(progress));
        timeline.clocks().clocks().forEach(clock -> part.addClocks(LinkProto.message(clock)));
        while (timeline.hasNext()) {
            part.addEntries(LinkProto.message(timeline.next()));
            if (part.getEntriesCount() == ENTRIES_PER_MESSAGE) {
                if (!call.send(part.build())) {
                    call.leave();
                    return;
                }
                part.clear();
            }
        }
        part.setNextPageToken(tokens.given(timeline.nextPageToken()))
                .addAllIncomplete(Incomplete.messages(timeline.incomplete()));
        if (call.send(part.build())) {
            call.complete();
        } else {
            call.leave();
        }
    }

    private TimelineQuestion question(GetTimelineRequest request, PageTokens tokens) {
        SelectionParameters.requireIndexed(request.getFilter());
        SelectionParameters wanted =
                SelectionParameters.of(
                        request.getFilter(), correlations.businessKeys(), correlations.aliases());
        return new TimelineQuestion(
                wanted.selection(),
                LinkLimits.TIMELINE.of(request.getLimit()),
                tokens.taken(request.getPageToken()),
                request.hasSilence()
                        ? Protobuf.duration(request.getSilence())
                        : TimelineQuestion.DEFAULT_SILENCE,
                request.hasCorrectClocks()
                        ? request.getCorrectClocks()
                        : correlations.correctsClocks());
    }

    @Override
    public void getCausalChain(
            GetCausalChainRequest request, StreamObserver<GetCausalChainResponse> response) {
        Progress progress = correlations.progress().get();
        CausalChain chain =
                correlations.chain(
                        new CausalChains.Question(
                                request.getEventId(),
                                Protobuf.choice(request.getDirection(), Towards.class)
                                        .orElse(Towards.BOTH),
                                LinkLimits.CHAIN_DEPTH.of(request.getDepth()),
                                LinkLimits.CHAIN_SIZE.of(request.getSize())));
        GrpcAnswers.one(response, LinkProto.message(chain, progress));
    }

    @Override
    public void listLinks(ListLinksRequest request, StreamObserver<ListLinksResponse> response) {
        PageTokens tokens = Protobuf.pageTokens(request);
        Progress progress = links.progress().now();
        LinkQuery wanted =
                new LinkQuery(
                        request.getRule(),
                        Protobuf.choice(request.getKind(), Link.Kind.class),
                        request.getEventId(),
                        request.hasFrom()
                                ? Protobuf.instant(request.getFrom())
                                : Selection.BEGINNING,
                        request.hasTo() ? Protobuf.instant(request.getTo()) : Selection.END,
                        LinkLimits.LINKS.of(request.getLimit()),
                        tokens.taken(request.getPageToken()));
        LinkPage page = links.list(wanted);
        boolean isNothing = wanted.pageToken().isEmpty() && page.links().isEmpty();
        correlations.removed().requireKept(wanted.from(), wanted.to(), isNothing);
        ListLinksResponse.Builder answer =
                ListLinksResponse.newBuilder()
                        .setNextPageToken(tokens.given(page.nextPageToken()))
                        .setLinksProgress(ProgressAnswers.message(progress));
        Disclosures.items(page.links().size());
        page.links().forEach(link -> answer.addLinks(LinkProto.message(link)));
        answer.addAllIncomplete(Incomplete.messages(links.incomplete(wanted)));
        GrpcAnswers.one(response, answer.build());
    }

    @Override
    public void createLink(CreateLinkRequest request, StreamObserver<CreateLinkResponse> response) {
        Link link =
                links.create(
                        new ManualLink(
                                request.getCauseId(),
                                request.getEffectId(),
                                request.getType(),
                                request.hasConfidence() ? request.getConfidence() : 1),
                        Tellers.ofCall());
        GrpcAnswers.one(
                response, CreateLinkResponse.newBuilder().setLink(LinkProto.message(link)).build());
    }

    @Override
    public void watchLinks(WatchLinksRequest request, StreamObserver<WatchLinksResponse> response) {
        Live<Link> live = new LiveLinks(links);
        watchers.watch(
                live,
                response,
                new From(request.getLog(), request.getAfter()),
                item ->
                        WatchLinksResponse.newBuilder()
                                .setLog(live.log())
                                .setSequence(item.place())
                                .setLink(LinkProto.message(item.value()))
                                .build(),
                skipped ->
                        WatchLinksResponse.newBuilder()
                                .setLog(live.log())
                                .setSequence(skipped.getTo())
                                .setSkipped(skipped)
                                .build(),
                gap ->
                        WatchLinksResponse.newBuilder()
                                .setLog(live.log())
                                .setSequence(gap.getTo())
                                .setGap(gap)
                                .build(),
                place -> Optional.empty());
    }
}
