package io.tradingecosystem.audit.api.events;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.LiveCalls;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.v1.GetEventRequest;
import io.tradingecosystem.audit.v1.GetEventResponse;
import io.tradingecosystem.audit.v1.ListEventsRequest;
import io.tradingecosystem.audit.v1.ListEventsResponse;
import io.tradingecosystem.audit.v1.WatchEventsRequest;
import io.tradingecosystem.audit.v1.WatchEventsResponse;

import java.util.Optional;
import java.util.function.LongSupplier;

/** The half of {@code audit.v1.EventService} by which events are found. Thread-safe. */
public final class EventQuestions {
    private static final int DEFAULT_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;

    private final EventLog log;
    private final EventIndex index;
    private final EventAliases aliases;
    private final EventFinder finder;
    private final LiveCalls watchers = new LiveCalls("event-watch");

    /**
     * Answers from a log and its index.
     *
     * @param aliases the names that questions may use beside those that are stored
     * @param ticker monotonic time in nanoseconds
     */
    public EventQuestions(
            EventLog log, EventIndex index, EventAliases aliases, LongSupplier ticker) {
        this.log = log;
        this.index = index;
        this.aliases = aliases;
        this.finder = new EventFinder(index, ticker);
    }

    /** Ends the live streams. */
    public void end() {
        watchers.end();
    }

    /** One event. */
    public void getEvent(GetEventRequest request, StreamObserver<GetEventResponse> response) {
        Optional<AuditEvent> event = index.byId(request.getId());
        if (event.isEmpty()) {
            response.onError(
                    Status.NOT_FOUND
                            .withDescription("There is no event " + request.getId() + ".")
                            .asException());
            return;
        }
        response.onNext(
                GetEventResponse.newBuilder().setEvent(EventProto.message(event.get())).build());
        response.onCompleted();
    }

    /** A page of events. */
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> response) {
        Direction direction =
                request.getOrder() == ListEventsRequest.Order.OLDEST_FIRST
                        ? Direction.OLDEST_FIRST
                        : Direction.NEWEST_FIRST;
        int limit =
                request.getLimit() <= 0
                        ? DEFAULT_LIMIT
                        : Math.min(request.getLimit(), HIGHEST_LIMIT);
        Page page =
                finder.find(
                        filter(request.getFilter()),
                        direction,
                        limit,
                        request.getPageToken(),
                        Context.current()::isCancelled);
        ListEventsResponse.Builder answer =
                ListEventsResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.events().forEach(event -> answer.addEvents(EventProto.message(event)));
        response.onNext(answer.build());
        response.onCompleted();
    }

    /** Events from a position on, those that are there and those that come. */
    public void watchEvents(
            WatchEventsRequest request, StreamObserver<WatchEventsResponse> response) {
        watchers.watch(
                new LiveEvents(log, filter(request.getFilter())),
                response,
                request.getAfter(),
                item ->
                        WatchEventsResponse.newBuilder()
                                .setPosition(item.place())
                                .setEvent(EventProto.message(item.value()))
                                .build(),
                position ->
                        Optional.of(
                                WatchEventsResponse.newBuilder().setPosition(position).build()));
    }

    private EventFilter filter(io.tradingecosystem.audit.v1.EventFilter filter) {
        return new EventFilter(
                        filter.getTraceId(),
                        filter.getCorrelationId(),
                        filter.getScenarioId(),
                        filter.getService(),
                        filter.getType(),
                        filter.getBusinessKeysMap(),
                        filter.getFrom() == 0
                                ? Selection.BEGINNING
                                : Times.ofEpochNanos(filter.getFrom()),
                        filter.getTo() == 0 ? Selection.END : Times.ofEpochNanos(filter.getTo()))
                .resolved(aliases);
    }
}
