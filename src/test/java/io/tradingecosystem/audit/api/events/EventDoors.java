package io.tradingecosystem.audit.api.events;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tradingecosystem.audit.app.EventWiring;
import io.tradingecosystem.audit.app.LimitWiring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.FaultyLog;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The doors of events, open on a log in memory that can be made to fail. */
final class EventDoors implements AutoCloseable {
    final MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of("order_id"));
    final FaultyLog log;
    final Intake intake;
    final Http http;
    final ManagedChannel channel;
    private final Monitoring monitoring;
    private final OpenDoors doors;

    private EventDoors(Map<String, String> changes, Function<EventLog, EventLog> around) {
        Settings settings = TestSettings.of(changes);
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), Instant.EPOCH), Time.system());
        log = new FaultyLog(around.apply(store));
        Doors all = Doors.create(settings.server(), monitoring);
        Store parts = new Store(log, store, store);
        intake =
                EventWiring.start(
                        settings, parts, LimitWiring.start(settings, monitoring), monitoring);
        EventWiring.add(
                settings,
                intake,
                new MemoryLinks(),
                () -> new Progress(0, 0),
                parts,
                monitoring,
                all);
        doors = all.open();
        http = Http.of(doors.httpPort());
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", doors.grpcPort())
                        .usePlaintext()
                        .build();
    }

    static EventDoors open(Map<String, String> changes) {
        return new EventDoors(changes, log -> log);
    }

    static EventDoors open(Map<String, String> changes, Function<EventLog, EventLog> around) {
        return new EventDoors(changes, around);
    }

    int httpPort() {
        return doors.httpPort();
    }

    void append(String... ids) {
        for (String id : ids) {
            store.append(List.of(event(id)));
        }
    }

    static AuditEvent event(String id) {
        return AuditEvent.builder("risk-monitor", "risk.alert.raised")
                .id(id)
                .occurredAt(Instant.parse("2026-01-31T12:00:00Z"))
                .build();
    }

    static String line(String id) {
        return "{\"id\":\""
                + id
                + "\",\"service\":\"risk-monitor\",\"type\":\"t\",\"occurred_at\":"
                + "\"2026-01-31T12:00:00.123456789Z\",\"attributes\":{\"order_id\":\"ORD-1\"}}\n";
    }

    /** The sum of the books. */
    JsonNode books() {
        return Http.json(http.get("/api/v1/status")).path("ingest").path("total");
    }

    @Override
    public void close() {
        channel.shutdownNow();
        doors.close();
        monitoring.close();
    }
}
