package io.tradingecosystem.audit.api.links;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.LiveCalls;
import io.tradingecosystem.audit.api.SelectionParameters;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.analysis.CausalChains;
import io.tradingecosystem.audit.correlation.analysis.CausalChains.Towards;
import io.tradingecosystem.audit.correlation.analysis.Timeline;
import io.tradingecosystem.audit.correlation.analysis.TimelineQuestion;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.server.grpc.PacedCall;
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

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Timelines, causal chains and links over gRPC: {@code audit.v1.CorrelationService}. */
public final class LinkGrpc extends CorrelationServiceGrpc.CorrelationServiceImplBase {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int HIGHEST_LIMIT = 100_000;
    private static final int DEFAULT_DEPTH = 32;
    private static final int DEFAULT_LINKS = 100;
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
        Timeline timeline = correlations.timelines().of(question(request));
        if (!timelines.tryAcquire()) {
            response.onError(
                    Status.RESOURCE_EXHAUSTED
                            .withDescription(MAX_TIMELINES + " timelines are sent already")
                            .asException());
            return;
        }
        PacedCall<GetTimelineResponse> call =
                new PacedCall<>(
                        (ServerCallStreamObserver<GetTimelineResponse>) response, () -> ended);
        call.start("timeline", () -> send(timeline, call), timelines::release);
    }

    private void send(Timeline timeline, PacedCall<GetTimelineResponse> call)
            throws InterruptedException {
        GetTimelineResponse.Builder part = GetTimelineResponse.newBuilder();
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
        if (call.send(part.setNextPageToken(timeline.nextPageToken()).build())) {
            call.complete();
        } else {
            call.leave();
        }
    }

    private TimelineQuestion question(GetTimelineRequest request) {
        int limit = limit(request.getLimit(), DEFAULT_LIMIT, HIGHEST_LIMIT);
        Duration silence =
                request.hasSilence()
                        ? Duration.ofSeconds(
                                request.getSilence().getSeconds(), request.getSilence().getNanos())
                        : TimelineQuestion.DEFAULT_SILENCE;
        boolean correct =
                request.hasCorrectClocks()
                        ? request.getCorrectClocks()
                        : correlations.correctsClocks();
        return new TimelineQuestion(
                selection(request.getFilter()), limit, request.getPageToken(), silence, correct);
    }

    private Selection selection(io.tradingecosystem.audit.v1.EventFilter filter) {
        Instant from =
                filter.getFrom() == 0 ? Selection.BEGINNING : Times.ofEpochNanos(filter.getFrom());
        Instant to = filter.getTo() == 0 ? Selection.END : Times.ofEpochNanos(filter.getTo());
        boolean bounded = filter.getFrom() != 0 || filter.getTo() != 0;
        return new Selection(
                SelectionParameters.key(
                        name ->
                                switch (name) {
                                    case "scenario_id" -> filter.getScenarioId();
                                    case "trace_id" -> filter.getTraceId();
                                    case "correlation_id" -> filter.getCorrelationId();
                                    case "service" -> filter.getService();
                                    case "type" -> filter.getType();
                                    default -> filter.getBusinessKeysOrDefault(name, "");
                                },
                        correlations.businessKeys(),
                        correlations.aliases(),
                        bounded),
                from,
                to);
    }

    @Override
    public void getCausalChain(
            GetCausalChainRequest request, StreamObserver<GetCausalChainResponse> response) {
        Towards towards =
                switch (request.getDirection()) {
                    case CAUSES -> Towards.CAUSES;
                    case EFFECTS -> Towards.EFFECTS;
                    case BOTH, UNRECOGNIZED -> Towards.BOTH;
                };
        CausalChains.Question question =
                new CausalChains.Question(
                        request.getEventId(),
                        towards,
                        limit(request.getDepth(), DEFAULT_DEPTH, CausalChains.Question.DEEPEST),
                        limit(request.getSize(), DEFAULT_LIMIT, CausalChains.Question.LARGEST));
        correlations
                .chains()
                .of(question)
                .ifPresentOrElse(
                        chain -> answer(response, LinkProto.message(chain)),
                        () ->
                                response.onError(
                                        Status.NOT_FOUND
                                                .withDescription(
                                                        "there is no event " + request.getEventId())
                                                .asException()));
    }

    @Override
    public void listLinks(ListLinksRequest request, StreamObserver<ListLinksResponse> response) {
        LinkPage page =
                links.list(
                        new LinkQuery(
                                request.getRule(),
                                LinkProto.kind(request.getKind()),
                                request.getEventId(),
                                request.hasFrom()
                                        ? LinkProto.time(request.getFrom())
                                        : Selection.BEGINNING,
                                request.hasTo() ? LinkProto.time(request.getTo()) : Selection.END,
                                limit(request.getLimit(), DEFAULT_LINKS, LinkQuery.MAX_ON_PAGE),
                                request.getPageToken()));
        ListLinksResponse.Builder answer =
                ListLinksResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.links().forEach(link -> answer.addLinks(LinkProto.message(link)));
        answer(response, answer.build());
    }

    @Override
    public void createLink(CreateLinkRequest request, StreamObserver<CreateLinkResponse> response) {
        Link link =
                links.create(
                        request.getCauseId(),
                        request.getEffectId(),
                        request.getType(),
                        request.hasConfidence() ? request.getConfidence() : 1);
        answer(response, CreateLinkResponse.newBuilder().setLink(LinkProto.message(link)).build());
    }

    @Override
    public void watchLinks(WatchLinksRequest request, StreamObserver<WatchLinksResponse> response) {
        watchers.watch(
                new LiveLinks(links),
                response,
                request.getAfter(),
                item ->
                        WatchLinksResponse.newBuilder()
                                .setSequence(item.place())
                                .setLink(LinkProto.message(item.value()))
                                .build(),
                place -> Optional.empty());
    }

    private static int limit(int asked, int defaultValue, int highest) {
        return asked <= 0 ? defaultValue : Math.min(asked, highest);
    }

    private static <T> void answer(StreamObserver<T> response, T message) {
        response.onNext(message);
        response.onCompleted();
    }
}
