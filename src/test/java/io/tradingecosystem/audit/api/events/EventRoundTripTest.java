package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AnyEvent;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.json.EventJsonReader;
import io.tradingecosystem.audit.event.json.EventJsonWriter;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.GetEventRequest;
import io.tradingecosystem.audit.v1.ListEventsRequest;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.RecordResult;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whatever is sent by one door is found by every other as it was sent. */
class EventRoundTripTest {
    private static EventDoors doors;

    @BeforeContainer
    static void open() {
        doors = EventDoors.open(Map.of());
    }

    @AfterContainer
    static void close() {
        doors.close();
    }

    @Provide
    Arbitrary<AuditEvent> events() {
        return AnyEvent.arbitrary();
    }

    private static AuditEvent asSent(AuditEvent stored) {
        return stored.stored(0, Instant.EPOCH);
    }

    @Property(tries = 200)
    void shouldKeepWhatCameAsJson(@ForAll("events") AuditEvent event) {
        var response =
                doors.http.send(
                        doors.http
                                .request("/api/v1/events")
                                .POST(BodyPublishers.ofByteArray(EventJsonWriter.bytes(event))));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(asSent(doors.store.byId(event.id()).orElseThrow())).isEqualTo(event);
        assertThat(asSent(overGrpc(event.id()))).isEqualTo(event);
    }

    @Property(tries = 200)
    void shouldKeepWhatCameAsAMessage(@ForAll("events") AuditEvent event) {
        // The message that the service gives for an event is one that it takes as well.
        doors.intake.take(
                Door.HTTP,
                List.of(new Candidate.Draft(event.toBuilder().id("first-" + event.id()))));
        Event message = get("first-" + event.id()).toBuilder().setId(event.id()).build();

        RecordResult result =
                EventServiceGrpc.newBlockingStub(doors.channel)
                        .recordEvents(RecordEventsRequest.newBuilder().addEvents(message).build())
                        .getResults(0);

        assertThat(result.getOutcome()).as("%s", result).isEqualTo(RecordResult.Outcome.STORED);
        assertThat(asSent(doors.store.byId(event.id()).orElseThrow())).isEqualTo(event);
        assertThat(asSent(overHttp(event.id()))).isEqualTo(event);
    }

    @Property(tries = 50)
    void shouldFindItByTraceOverBothDoors(@ForAll("events") AuditEvent event) {
        doors.store.append(List.of(event));
        List<String> expected =
                doors.store.read(0, Integer.MAX_VALUE).stream()
                        .filter(each -> each.traceId().equals(event.traceId()))
                        .map(AuditEvent::id)
                        .toList();

        var page =
                EventServiceGrpc.newBlockingStub(doors.channel)
                        .listEvents(
                                ListEventsRequest.newBuilder()
                                        .setFilter(
                                                EventFilter.newBuilder()
                                                        .setTraceId(event.traceId()))
                                        .setLimit(1_000)
                                        .build());
        var json =
                Http.json(doors.http.get("/api/v1/events?limit=1000&trace_id=" + event.traceId()));

        assertThat(page.getEventsList().stream().map(Event::getId))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(json.get("events").findValuesAsText("id")).containsAll(expected);
    }

    private static Event get(String id) {
        return EventServiceGrpc.newBlockingStub(doors.channel)
                .getEvent(GetEventRequest.newBuilder().setId(id).build())
                .getEvent();
    }

    /** What gRPC gives, sent back under another id and looked at in the log. */
    private static AuditEvent overGrpc(String id) {
        Event message = get(id).toBuilder().setId("again-" + id).build();
        EventServiceGrpc.newBlockingStub(doors.channel)
                .recordEvents(RecordEventsRequest.newBuilder().addEvents(message).build());
        return doors.store.byId("again-" + id).orElseThrow().toBuilder().id(id).build();
    }

    /** What HTTP gives, read. */
    private static AuditEvent overHttp(String id) {
        byte[] text =
                doors.http.get("/api/v1/events/" + id).body().getBytes(StandardCharsets.UTF_8);
        Candidate candidate = new EventJsonReader().read(text, 0, text.length);
        return ((Candidate.Draft) candidate).event().build();
    }
}
