package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tradingecosystem.audit.api.events.EventFinder.Question;
import io.tradingecosystem.audit.app.EventWiring;
import io.tradingecosystem.audit.app.LimitWiring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.SearchSettings;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.ListEventsRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A search ends when nobody waits for it, and waits for its turn. */
class GoneCallerTest {
    private static final Map<String, String> ENDLESS =
            Map.of(
                    "search.max-events", "1000000000",
                    "search.max-time", "1m",
                    "search.max-concurrent", "1");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EndlessIndex index = new EndlessIndex();
    private Monitoring monitoring;
    private OpenDoors doors;

    private void open(Map<String, String> changes) {
        Settings settings = TestSettings.of(changes);
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), Instant.EPOCH), Time.system());
        Doors all = Doors.create(settings.server(), monitoring);
        Store store = new Store(index.store, index, index.store);
        Intake intake =
                EventWiring.start(
                        settings, store, LimitWiring.start(settings, monitoring), monitoring);
        EventWiring.add(
                settings,
                intake,
                new MemoryLinks(),
                () -> new Progress(0, 0),
                store,
                monitoring,
                all);
        doors = all.open();
    }

    @AfterEach
    void close() {
        doors.close();
        monitoring.close();
    }

    @Test
    void shouldEndOverHttp() throws Exception {
        open(ENDLESS);
        try (RawHttp client = new RawHttp(doors.httpPort())) {
            client.send("GET /api/v1/events?error=true HTTP/1.1\r\nHost: here\r\n\r\n");
            await().atMost(PATIENCE).until(() -> index.scans.get() == 1);
        }

        await().atMost(PATIENCE).until(() -> index.scans.get() == 0);
    }

    @Test
    void shouldEndOverGrpc() {
        open(ENDLESS);
        var channel =
                NettyChannelBuilder.forAddress("127.0.0.1", doors.grpcPort())
                        .usePlaintext()
                        .build();
        var calling =
                EventServiceGrpc.newFutureStub(channel)
                        .listEvents(
                                ListEventsRequest.newBuilder()
                                        .setFilter(EventFilter.newBuilder().setError(true))
                                        .build());
        await().atMost(PATIENCE).until(() -> index.scans.get() == 1);

        calling.cancel(true);

        await().atMost(PATIENCE).until(() -> index.scans.get() == 0);
        channel.shutdownNow();
    }

    @Test
    void shouldAnswerWithSpacesBeforeWhatTookLong() {
        open(Map.of("search.max-events", "1000000000", "search.max-time", "1500ms"));

        var answer = Http.of(doors.httpPort()).get("/api/v1/events?error=true");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith(" ");
        assertThat(Http.json(answer).at("/scanned/end").asText()).isEqualTo("TIME");
        assertThat(Http.json(answer).at("/incomplete/0/bound").asText()).isEqualTo("SEARCH_TIME");
    }

    @Test
    void shouldLetOneReadAfterTheOther() {
        open(
                Map.of(
                        "search.max-events", "100000",
                        "search.max-time", "1m",
                        "search.max-concurrent", "1"));
        Http http = Http.of(doors.httpPort());

        List<Integer> statuses =
                IntStream.range(0, 4)
                        .parallel()
                        .mapToObj(i -> http.get("/api/v1/events?error=true").statusCode())
                        .toList();

        assertThat(statuses).containsOnly(200);
        assertThat(index.most.get()).isEqualTo(1);
    }

    @Test
    void shouldRefuseOneWhoseTurnDoesNotCome() {
        open(ENDLESS);
        SearchSettings impatient = new SearchSettings(1_000, Duration.ofMillis(1), 1);
        EventFinder finder = new EventFinder(index, impatient, System::nanoTime);
        Question question =
                new Question(
                        new io.tradingecosystem.audit.api.events.EventFilter(
                                List.of(),
                                Selection.BEGINNING,
                                Selection.END,
                                List.of(new EventCondition.IsError(true))),
                        EventOrder.NEWEST_FIRST,
                        1,
                        "");

        assertThatThrownBy(
                        () ->
                                finder.find(
                                        question,
                                        () -> finder.find(question, () -> true).events() == null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("search.max-concurrent");
    }

    /** A log that never ends. */
    private static final class EndlessIndex implements EventIndex {
        private final MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());
        private final AuditEvent event =
                AuditEvent.builder("service", "type").id("a").occurredAt(Instant.EPOCH).build();
        private final AtomicInteger scans = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public Optional<AuditEvent> byId(String id) {
            return store.byId(id);
        }

        @Override
        public Optional<AuditEvent> at(long position) {
            return store.at(position);
        }

        @Override
        public Page find(Query query) {
            return store.find(query);
        }

        @Override
        public String scan(Query query, Predicate<AuditEvent> taker) {
            most.accumulateAndGet(scans.incrementAndGet(), Math::max);
            try {
                while (taker.test(event)) {
                    Thread.onSpinWait();
                }
                return "1@1970-01-01T00:00:00Z";
            } finally {
                scans.decrementAndGet();
            }
        }

        @Override
        public Set<String> businessKeys() {
            return store.businessKeys();
        }
    }
}
