package io.tradingecosystem.audit.api.events;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.RecordEventsResponse;
import io.tradingecosystem.audit.v1.StreamEventsRequest;
import io.tradingecosystem.audit.v1.StreamEventsResponse;

/** The half of {@code audit.v1.EventService} by which events come in. Thread-safe. */
public final class EventRecorder {
    private final Intake intake;
    private volatile boolean ended;

    /** Gives events to an intake. */
    public EventRecorder(Intake intake) {
        this.intake = intake;
    }

    /** Ends the streams; what they have acknowledged stays. */
    public void end() {
        ended = true;
    }

    /** Takes a batch and answers when it is on disk. */
    public void recordEvents(
            RecordEventsRequest request, StreamObserver<RecordEventsResponse> response) {
        RecordEventsResponse.Builder answer = RecordEventsResponse.newBuilder();
        for (Receipt receipt :
                intake.take(Door.GRPC, EventMessages.candidates(request.getEventsList()))) {
            answer.addResults(EventMessages.result(receipt));
        }
        response.onNext(answer.build());
        response.onCompleted();
    }

    /** Takes batches and acknowledges each when it is on disk. */
    public StreamObserver<StreamEventsRequest> streamEvents(
            StreamObserver<StreamEventsResponse> response) {
        return BatchStream.start(
                intake, (ServerCallStreamObserver<StreamEventsResponse>) response, () -> ended);
    }
}
