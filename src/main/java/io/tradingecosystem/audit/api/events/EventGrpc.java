package io.tradingecosystem.audit.api.events;

import io.grpc.stub.StreamObserver;
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

/** {@code audit.v1.EventService}: one service for callers, two rooms with us. */
public final class EventGrpc extends EventServiceGrpc.EventServiceImplBase {
    private final EventRecorder recorder;
    private final EventQuestions questions;

    public EventGrpc(EventRecorder recorder, EventQuestions questions) {
        this.recorder = recorder;
        this.questions = questions;
    }

    @Override
    public void recordEvents(
            RecordEventsRequest request, StreamObserver<RecordEventsResponse> response) {
        recorder.recordEvents(request, response);
    }

    @Override
    public StreamObserver<StreamEventsRequest> streamEvents(
            StreamObserver<StreamEventsResponse> response) {
        return recorder.streamEvents(response);
    }

    @Override
    public void getEvent(GetEventRequest request, StreamObserver<GetEventResponse> response) {
        questions.getEvent(request, response);
    }

    @Override
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> response) {
        questions.listEvents(request, response);
    }

    @Override
    public void watchEvents(
            WatchEventsRequest request, StreamObserver<WatchEventsResponse> response) {
        questions.watchEvents(request, response);
    }
}
