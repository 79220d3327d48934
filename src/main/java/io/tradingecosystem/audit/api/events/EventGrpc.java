package io.tradingecosystem.audit.api.events;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.api.LiveCalls;
import io.tradingecosystem.audit.api.LiveCalls.From;
import io.tradingecosystem.audit.api.RemovedEvents;
import io.tradingecosystem.audit.api.SelectionParameters;
import io.tradingecosystem.audit.api.events.EventFinder.Question;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.PageTokens;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.GetEventRequest;
import io.tradingecosystem.audit.v1.GetEventResponse;
import io.tradingecosystem.audit.v1.ListEventsRequest;
import io.tradingecosystem.audit.v1.ListEventsResponse;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.RecordEventsResponse;
import io.tradingecosystem.audit.v1.StreamEventsRequest;
import io.tradingecosystem.audit.v1.StreamEventsResponse;
import io.tradingecosystem.audit.v1.WatchEventsRequest;
import io.tradingecosystem.audit.v1.WatchEventsResponse;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Events over gRPC, in and out: {@code audit.v1.EventService}. Thread-safe. */
public final class EventGrpc extends EventServiceGrpc.EventServiceImplBase {
    /** The methods that bring events. */
    public static final Set<String> INBOUND = Set.of("RecordEvents", "StreamEvents");

    private final Intake intake;
    private final EventLog log;
    private final EventIndex index;
    private final EventAliases aliases;
    private final EventFinder finder;
    private final RemovedEvents removed;
    private final LiveCalls watchers = new LiveCalls("event-watch");
    private volatile boolean ended;

    /** Gives events to an intake, and answers from the log that they come into. */
    public EventGrpc(Intake intake, EventLog log, EventIndex index, EventFinder finder) {
        this.intake = intake;
        this.log = log;
        this.index = index;
        this.aliases = intake.aliases();
        this.finder = finder;
        this.removed = new RemovedEvents(index);
    }

    /** Ends the streams, in and out; what was acknowledged stays. */
    public void end() {
        ended = true;
        watchers.end();
    }

    /** Takes a batch and answers when it is on disk. */
    @Override
    public void recordEvents(
            RecordEventsRequest request, StreamObserver<RecordEventsResponse> response) {
        RecordEventsResponse.Builder answer = RecordEventsResponse.newBuilder();
        for (Receipt receipt :
                intake.take(Door.GRPC, EventMessages.candidates(request.getEventsList()))) {
            answer.addResults(EventMessages.result(receipt));
        }
        GrpcAnswers.one(response, answer.build());
    }

    /** Takes batches and acknowledges each when it is on disk. */
    @Override
    public StreamObserver<StreamEventsRequest> streamEvents(
            StreamObserver<StreamEventsResponse> response) {
        return BatchStream.start(
                intake, (ServerCallStreamObserver<StreamEventsResponse>) response, () -> ended);
    }

    @Override
    public void getEvent(GetEventRequest request, StreamObserver<GetEventResponse> response) {
        AuditEvent event =
                index.byId(request.getId()).orElseThrow(() -> removed.unknown(request.getId()));
        Disclosures.event(event);
        GrpcAnswers.one(
                response,
                GetEventResponse.newBuilder().setEvent(EventProto.message(event)).build());
    }

    @Override
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> response) {
        PageTokens tokens = Protobuf.pageTokens(request);
        EventFilter filter = filter(request.getFilter());
        Question question =
                new Question(
                        filter,
                        Protobuf.choice(request.getOrder(), EventOrder.class)
                                .orElse(EventOrder.NEWEST_FIRST),
                        EventFinder.LIMIT.of(request.getLimit()),
                        tokens.taken(request.getPageToken()));
        Found page = finder.find(question, Context.current()::isCancelled);
        removed.requireKept(filter.from(), filter.to(), question.isFirst() && page.isNothing());
        List<Omission> incomplete =
                Omission.all(removed.since(filter.from()).stream(), page.unread(filter).stream());
        ListEventsResponse.Builder answer =
                ListEventsResponse.newBuilder()
                        .addAllIncomplete(Incomplete.messages(incomplete))
                        .setNextPageToken(tokens.given(page.nextPageToken()));
        page.scanned().map(EventProto::scanned).ifPresent(answer::setScanned);
        Disclosures.events(page.events());
        page.events().forEach(event -> answer.addEvents(EventProto.message(event)));
        GrpcAnswers.one(response, answer.build());
    }

    /** Gives events from a position on, those that are there and those that come. */
    @Override
    public void watchEvents(
            WatchEventsRequest request, StreamObserver<WatchEventsResponse> response) {
        Live<AuditEvent> live = new LiveEvents(log, filter(request.getFilter()));
        watchers.watch(
                live,
                response,
                new From(request.getLog(), request.getAfter()),
                item ->
                        WatchEventsResponse.newBuilder()
                                .setLog(live.log())
                                .setPosition(item.place())
                                .setEvent(EventProto.message(item.value()))
                                .build(),
                skipped ->
                        WatchEventsResponse.newBuilder()
                                .setLog(live.log())
                                .setPosition(skipped.getTo())
                                .setSkipped(skipped)
                                .build(),
                gap ->
                        WatchEventsResponse.newBuilder()
                                .setLog(live.log())
                                .setPosition(gap.getTo())
                                .setGap(gap)
                                .build(),
                position ->
                        Optional.of(
                                WatchEventsResponse.newBuilder()
                                        .setLog(live.log())
                                        .setPosition(position)
                                        .build()));
    }

    private EventFilter filter(io.tradingecosystem.audit.v1.EventFilter filter) {
        Set<String> business = index.businessKeys();
        return EventFilter.of(
                SelectionParameters.of(filter, business, aliases),
                EventConditions.of(filter, business, aliases));
    }
}
