package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.RetryInfo;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.v1.Attribute;
import io.tradingecosystem.audit.v1.AttributeMap;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.GetEventRequest;
import io.tradingecosystem.audit.v1.ListEventsRequest;
import io.tradingecosystem.audit.v1.ListEventsResponse;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.RecordEventsResponse;
import io.tradingecosystem.audit.v1.RecordResult;
import io.tradingecosystem.audit.v1.RecordResult.Outcome;
import io.tradingecosystem.audit.v1.SpanLink;
import io.tradingecosystem.audit.v1.StreamEventsRequest;
import io.tradingecosystem.audit.v1.StreamEventsResponse;
import io.tradingecosystem.audit.v1.WatchEventsRequest;
import io.tradingecosystem.audit.v1.WatchEventsResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Events over gRPC: in, by batch and by stream, and out again. */
@Timeout(120)
class EventGrpcTest {
    private EventDoors doors = EventDoors.open(Map.of());

    @AfterEach
    void close() {
        doors.close();
    }

    private EventServiceGrpc.EventServiceBlockingStub stub() {
        return EventServiceGrpc.newBlockingStub(doors.channel);
    }

    private static Event.Builder event(String id) {
        return Event.newBuilder()
                .setId(id)
                .setService("risk-monitor")
                .setType("risk.alert.raised")
                .setOccurredAt(1_769_860_800_000_000_000L);
    }

    @Test
    void shouldGiveEachEventItsResult() {
        List<RecordResult> results =
                stub().recordEvents(
                                RecordEventsRequest.newBuilder()
                                        .addEvents(event("a"))
                                        .addEvents(event("a"))
                                        .addEvents(event("a").setMessage("other"))
                                        .addEvents(event("b").setType(""))
                                        .addEvents(event("c").setSeverityValue(99))
                                        .build())
                        .getResultsList();

        assertThat(results)
                .extracting(RecordResult::getOutcome)
                .containsExactly(
                        Outcome.STORED,
                        Outcome.DUPLICATE,
                        Outcome.CONFLICT,
                        Outcome.REJECTED,
                        Outcome.REJECTED);
        assertThat(results.get(3).getReason()).isEqualTo("MISSING_FIELD");
        assertThat(results.get(4).getDetail()).isEqualTo("severity 99 is not known");
        assertThat(doors.books().get("received").asInt()).isEqualTo(5);
    }

    @Test
    void shouldRefuseWhatItWouldDropOrMakeOne() {
        UnknownFieldSet newer =
                UnknownFieldSet.newBuilder()
                        .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build();
        Attribute twice =
                Attribute.newBuilder()
                        .setName("a")
                        .setValue(
                                io.tradingecosystem.audit.v1.AttributeValue.newBuilder()
                                        .setMap(
                                                AttributeMap.newBuilder()
                                                        .addValues(Attribute.newBuilder())
                                                        .addValues(Attribute.newBuilder())))
                        .build();

        List<RecordResult> results =
                stub().recordEvents(
                                RecordEventsRequest.newBuilder()
                                        .addEvents(event("a").addAttributes(twice))
                                        .addEvents(
                                                event("b")
                                                        .addAttributes(
                                                                Attribute.newBuilder()
                                                                        .setName("n")
                                                                        .setUnknownFields(newer)))
                                        .addEvents(
                                                event("c")
                                                        .addLinks(
                                                                SpanLink.newBuilder()
                                                                        .setUnknownFields(newer)))
                                        .build())
                        .getResultsList();

        assertThat(results)
                .extracting(RecordResult::getReason)
                .containsExactly("BAD_FIELD", "BAD_FIELD", "BAD_FIELD");
    }

    /** As a sender's bytes: a builder of messages takes no such text. */
    @Test
    void shouldLoseNoEventBesideOneWithATextThatIsNone() {
        RecordEventsRequest request =
                RecordEventsRequest.newBuilder()
                        .addEvents(event("a").setMessage("it @@ rained"))
                        .addEvents(event("b").setCauseId("@@"))
                        .addEvents(event("c"))
                        .build();
        byte[] bytes =
                request.toByteString()
                        .toString(ISO_8859_1)
                        .replace("@@", "\u00c0\u00af")
                        .getBytes(ISO_8859_1);

        List<RecordResult> results =
                ClientCalls.blockingUnaryCall(
                                doors.channel,
                                EventServiceGrpc.getRecordEventsMethod().toBuilder(
                                                new AsTheyAre(),
                                                ProtoUtils.marshaller(
                                                        RecordEventsResponse.getDefaultInstance()))
                                        .build(),
                                CallOptions.DEFAULT,
                                bytes)
                        .getResultsList();

        assertThat(results)
                .extracting(RecordResult::getOutcome)
                .containsExactly(Outcome.STORED, Outcome.REJECTED, Outcome.STORED);
        assertThat(results.get(0).getDetail()).contains("audit.invalid_text");
        assertThat(results.get(1).getDetail()).startsWith("cause_id has what is no Unicode text");
        assertThat(doors.store.byId("a").orElseThrow().message())
                .isEqualTo("it \ufffd\ufffd rained");
    }

    private static final class AsTheyAre implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException("only requests are written so");
        }
    }

    @Test
    void shouldKeepFieldsOfANewerProtoThanOurs() {
        ByteString reported = ByteString.copyFromUtf8("new");
        Event newer =
                event("a")
                        .setUnknownFields(
                                UnknownFieldSet.newBuilder()
                                        .addField(
                                                99,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addLengthDelimited(reported)
                                                        .build())
                                        .build())
                        .build();

        stub().recordEvents(RecordEventsRequest.newBuilder().addEvents(newer).build());

        assertThat(doors.store.byId("a").orElseThrow().attributes())
                .hasEntrySatisfying(
                        "audit.unknown_fields",
                        value ->
                                assertThat(((AttributeValue.Bytes) value).value())
                                        .endsWith(reported.toByteArray()));
    }

    @Test
    void shouldSayWhenToComeBackToABusyLog() {
        doors.log.busy(1);

        StatusRuntimeException busy =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                stub().recordEvents(
                                                RecordEventsRequest.newBuilder()
                                                        .addEvents(event("a"))
                                                        .build()));

        assertThat(busy.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(StatusProto.fromThrowable(busy).getDetailsList())
                .anySatisfy(
                        detail ->
                                assertThat(
                                                detail.unpack(RetryInfo.class)
                                                        .getRetryDelay()
                                                        .getNanos())
                                        .isEqualTo(20_000_000));
        doors.log.unavailable(1);
        StatusRuntimeException unavailable =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                stub().recordEvents(
                                                RecordEventsRequest.newBuilder()
                                                        .addEvents(event("a"))
                                                        .build()));
        assertThat(unavailable.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(doors.books().get("rejected").toString())
                .isEqualTo("{\"BUSY\":1,\"UNAVAILABLE\":1}");
    }

    private static StreamEventsRequest batch(int number, int events) {
        StreamEventsRequest.Builder batch = StreamEventsRequest.newBuilder().setBatch(number);
        IntStream.range(0, events).forEach(i -> batch.addEvents(event(number + "-" + i)));
        return batch.build();
    }

    @Test
    void shouldAcknowledgeTenThousandBatchesInTheirOrder() {
        Acks acks = new Acks(true);
        EventServiceGrpc.newStub(doors.channel).streamEvents(acks);
        for (int i = 0; i < 10_000; i++) {
            acks.call().onNext(batch(i, 3));
        }
        acks.call().onCompleted();

        await().until(() -> acks.ended.get() != null);

        assertThat(acks.ended.get()).isEqualTo(Status.OK);
        assertThat(acks.batches).hasSize(10_000).isSorted();
        assertThat(doors.store.lastPosition()).isEqualTo(30_000);
        assertThat(doors.log.appends()).isLessThan(10_000);
    }

    @Test
    void shouldHoldUpASenderThatNeverReadsAcknowledgements() {
        Acks acks = new Acks(false);
        EventServiceGrpc.newStub(doors.channel).streamEvents(acks);
        AtomicInteger sent = new AtomicInteger();
        Thread sender =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    while (!Thread.currentThread().isInterrupted()) {
                                        if (acks.call().isReady()) {
                                            acks.call().onNext(batch(sent.getAndIncrement(), 500));
                                        } else {
                                            Thread.onSpinWait();
                                            Thread.yield();
                                        }
                                    }
                                });

        AtomicInteger before = new AtomicInteger(-1);
        await().pollInterval(Duration.ofMillis(500))
                .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
        sender.interrupt();

        // Windows of flow control both ways, and one short queue of ours.
        assertThat(sent.get()).isLessThan(500);
        acks.call().cancel("enough", null);
    }

    @Test
    void shouldEndAStreamWithTheErrorOfTheLogAndKeepWhatItAcknowledged() {
        Acks acks = new Acks(true);
        EventServiceGrpc.newStub(doors.channel).streamEvents(acks);
        acks.call().onNext(batch(1, 2));
        await().until(() -> acks.batches.size() == 1);
        doors.log.unavailable(1);
        acks.call().onNext(batch(2, 2));

        await().until(() -> acks.ended.get() != null);

        assertThat(acks.ended.get().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(acks.ended.get().getDescription()).isEqualTo("the disk is full");
        assertThat(doors.store.lastPosition()).isEqualTo(2);
        assertThat(doors.books().get("rejected").get("UNAVAILABLE").asInt()).isEqualTo(2);
    }

    @Test
    void shouldFindEventsByEveryConditionPageByPage() {
        for (int i = 0; i < 300; i++) {
            stub().recordEvents(
                            RecordEventsRequest.newBuilder()
                                    .addEvents(
                                            event("e" + i)
                                                    .setOccurredAt(1_769_860_800_000_000_000L + i)
                                                    .setService(i % 2 == 0 ? "even" : "odd")
                                                    .setScenarioId(i % 7 == 0 ? "seven" : ""))
                                    .build());
        }
        EventFilter filter =
                EventFilter.newBuilder().setService("even").setScenarioId("seven").build();
        List<String> found = new ArrayList<>();
        String token = "";
        do {
            ListEventsResponse page =
                    stub().listEvents(
                                    ListEventsRequest.newBuilder()
                                            .setFilter(filter)
                                            .setOrder(ListEventsRequest.Order.OLDEST_FIRST)
                                            .setLimit(4)
                                            .setPageToken(token)
                                            .build());
            assertThat(page.getEventsCount()).isLessThanOrEqualTo(4);
            page.getEventsList().forEach(event -> found.add(event.getId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(found)
                .containsExactlyElementsOf(
                        IntStream.range(0, 300)
                                .filter(i -> i % 14 == 0)
                                .mapToObj(i -> "e" + i)
                                .toList());
        assertThat(
                        catchThrowableOfType(
                                        StatusRuntimeException.class,
                                        () ->
                                                stub().listEvents(
                                                                ListEventsRequest.newBuilder()
                                                                        .setFilter(
                                                                                EventFilter
                                                                                        .newBuilder()
                                                                                        .putBusinessKeys(
                                                                                                "colour",
                                                                                                "red"))
                                                                        .build()))
                                .getStatus()
                                .getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(
                        catchThrowableOfType(
                                        StatusRuntimeException.class,
                                        () ->
                                                stub().getEvent(
                                                                GetEventRequest.newBuilder()
                                                                        .setId("nobody")
                                                                        .build()))
                                .getStatus()
                                .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void shouldLetAWatcherComeBackWithoutMissingAnything() {
        doors.append("a", "b", "c");
        Context.CancellableContext first = Context.current().withCancellation();
        long[] position = new long[1];
        first.run(
                () -> {
                    Iterator<WatchEventsResponse> watched =
                            watch(-1, EventFilter.getDefaultInstance());
                    watched.next();
                    position[0] = watched.next().getPosition();
                });
        first.cancel(null);
        doors.append("d");

        Iterator<WatchEventsResponse> watched =
                watch(position[0], EventFilter.getDefaultInstance());

        assertThat(List.of(watched.next().getEvent().getId(), watched.next().getEvent().getId()))
                .containsExactly("c", "d");
        doors.append("e");
        assertThat(watched.next().getEvent().getId()).isEqualTo("e");
    }

    @Test
    void shouldRefuseToWatchFromAheadOfTheLog() {
        doors.append("a", "b");

        assertThat(watch(1, EventFilter.getDefaultInstance()).next().getPosition()).isEqualTo(2);
        assertThatThrownBy(() -> watch(3, EventFilter.getDefaultInstance()).next())
                .hasMessage(
                        "OUT_OF_RANGE: after is 3, and the last is 2: the log was shortened or is"
                                + " another one; -1 watches from the first that is kept, 0 from now"
                                + " on");
    }

    @Test
    void shouldWatchFromAPlaceOfThisLogAndRefuseOneOfAnother() {
        doors.append("a", "b");
        WatchEventsResponse first = watch(-1, EventFilter.getDefaultInstance()).next();

        assertThat(watchBehind(first).next().getEvent().getId()).isEqualTo("b");
        assertThatThrownBy(() -> watchBehind(first.toBuilder().setLog("another").build()).next())
                .hasMessage(
                        "OUT_OF_RANGE: log is another, and this one is %s; -1 watches from the first"
                                        .formatted(first.getLog())
                                + " that is kept, 0 from now on");
    }

    private Iterator<WatchEventsResponse> watchBehind(WatchEventsResponse place) {
        return stub().watchEvents(
                        WatchEventsRequest.newBuilder()
                                .setLog(place.getLog())
                                .setAfter(place.getPosition())
                                .build());
    }

    @Test
    void shouldWatchOnlyWhatTheFilterLetsThrough() {
        doors.append("a");
        stub().recordEvents(
                        RecordEventsRequest.newBuilder()
                                .addEvents(event("b").setService("trading-engine"))
                                .build());

        Iterator<WatchEventsResponse> watched =
                watch(-1, EventFilter.newBuilder().setService("trading-engine").build());

        assertThat(watched.next().getEvent().getId()).isEqualTo("b");
    }

    @Test
    void shouldNotReadAheadOfASlowWatcher() {
        String text = "x".repeat(30_000);
        for (int i = 0; i < 400; i++) {
            doors.store.append(
                    List.of(EventDoors.event("e" + i).toBuilder().message(text).build()));
        }
        AtomicInteger read = new AtomicInteger();
        SlowWatcher watcher = new SlowWatcher(read);
        EventServiceGrpc.newStub(doors.channel)
                .watchEvents(WatchEventsRequest.newBuilder().setAfter(-1).build(), watcher);
        await().until(() -> read.get() == 1);
        await().during(Duration.ofSeconds(1)).until(() -> doors.log.readUpTo() <= 200);

        watcher.call.request(399);

        await().until(() -> read.get() == 400);
    }

    private Iterator<WatchEventsResponse> watch(long after, EventFilter filter) {
        return stub().watchEvents(
                        WatchEventsRequest.newBuilder().setAfter(after).setFilter(filter).build());
    }

    /** Collects acknowledgements, or never asks for any. */
    private static final class Acks
            implements ClientResponseObserver<StreamEventsRequest, StreamEventsResponse> {
        final List<Long> batches = Collections.synchronizedList(new ArrayList<>());
        final AtomicReference<Status> ended = new AtomicReference<>();
        private final boolean reads;
        private final AtomicReference<ClientCallStreamObserver<StreamEventsRequest>> call =
                new AtomicReference<>();

        Acks(boolean reads) {
            this.reads = reads;
        }

        ClientCallStreamObserver<StreamEventsRequest> call() {
            return call.get();
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamEventsRequest> stream) {
            call.set(stream);
            if (!reads) {
                stream.disableAutoRequestWithInitial(0);
            }
        }

        @Override
        public void onNext(StreamEventsResponse ack) {
            batches.add(ack.getBatch());
        }

        @Override
        public void onError(Throwable failure) {
            ended.set(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            ended.set(Status.OK);
        }
    }

    private static final class SlowWatcher
            implements ClientResponseObserver<WatchEventsRequest, WatchEventsResponse> {
        private final AtomicInteger read;
        private ClientCallStreamObserver<WatchEventsRequest> call;

        SlowWatcher(AtomicInteger read) {
            this.read = read;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchEventsRequest> stream) {
            call = stream;
            stream.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(WatchEventsResponse message) {
            read.incrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
