package io.tradingecosystem.audit.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.registry.Registration;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.settings.TopologySettings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.ManualTicker;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Examples in comments of {@code topology}, and how it is kept up to date. */
class TopologyExampleTest {
    private static final int BATCH = 1_000;

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final ManualTicker ticker = new ManualTicker();
    private final ServiceRegistry registry = ServiceRegistry.inProcess(() -> now);
    private final EventStore store =
            EventStore.open(
                    TestSettings.of(Map.of()).store(),
                    StoreObserver.NONE,
                    new Time(() -> now, System::nanoTime));
    private final LinkService links =
            LinkService.create(
                    store.store(),
                    new LinkSetup("audit-correlator", Optional.empty(), LinkBounds.DEFAULT),
                    LinkObserver.NONE,
                    Time.system());
    private final Topology topology =
            Topology.create(
                    new TopologySettings(
                            Optional.empty(), Duration.ofMinutes(5), Duration.ofMinutes(15)),
                    new Participant("audit-correlator", "audit-1"),
                    registry,
                    List::of,
                    store.log(),
                    links,
                    new Time(() -> now, ticker));

    @AfterEach
    void close() {
        links.close();
        registry.close();
        store.close();
    }

    private void pass(Duration time) {
        now = now.plus(time);
        ticker.advance(time);
    }

    private static ServiceInstance instance(String service) {
        return ServiceInstance.builder(service, service + "-1", "10.0.0.1").grpcPort(9090).build();
    }

    private void append(int count, Severity severity) {
        for (int from = 0; from < count; from += BATCH) {
            store.log()
                    .append(
                            IntStream.range(from, Math.min(count, from + BATCH))
                                    .mapToObj(i -> event(severity, "e" + now + severity + i))
                                    .toList());
        }
    }

    private AuditEvent event(Severity severity, String id) {
        return AuditEvent.builder("exchange", "order.taken")
                .severity(severity)
                .occurredAt(now)
                .id(id)
                .build();
    }

    @Test
    void shouldGoOnFromASnapshot() {
        // @start region="topology"
        String before = topology.current().snapshotId();
        Registration registration = registry.register(instance("risk-monitor"));
        pass(Duration.ofSeconds(2));
        String after = topology.current().snapshotId();
        List<Change> changes = topology.after(topology.number(before).orElseThrow());
        // @end
        assertThat(after).isGreaterThan(before);
        assertThat(changes)
                .extracting(Change::what)
                .singleElement()
                .isInstanceOf(Change.NodeAdded.class);
        registration.close();
        pass(Duration.ofSeconds(2));
        topology.current();
        assertThat(topology.after(topology.number(after).orElseThrow()))
                .extracting(Change::what)
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.NodeStatusChanged.class,
                        change -> assertThat(change.node().status()).isEqualTo(Node.Status.DEAD));
    }

    @Test
    void shouldBeTheSameSnapshotWhileNothingChangesButNumbers() {
        append(1, Severity.INFO);
        String before = topology.current().snapshotId();
        append(10, Severity.ERROR);
        pass(Duration.ofSeconds(2));
        assertThat(topology.current().snapshotId()).isEqualTo(before);
        Traffic traffic =
                topology.current().structure().nodes().get("exchange").traffic().orElseThrow();
        assertThat(traffic.count()).isEqualTo(11);
        assertThat(traffic.errors()).isEqualTo(10);
    }

    @Test
    void shouldNotKnowSnapshotsOfOthers() {
        String id = topology.current().snapshotId();
        assertThat(topology.number(id)).isPresent();
        for (String other : List.of("", "x", id + "0", "0" + id, id.replace('-', '_'))) {
            assertThat(topology.number(other)).as(other).isEqualTo(OptionalLong.empty());
        }
        String next = id.substring(0, id.length() - 10) + "0000000099";
        assertThat(topology.number(next)).isEmpty();
    }

    @Test
    void shouldMeasureTheNewestStretchWhereThereIsMoreThanItReads() {
        append(RecentTraffic.MAX_EVENTS, Severity.INFO);
        pass(Duration.ofSeconds(10));
        append(RecentTraffic.MAX_EVENTS, Severity.ERROR);
        pass(Duration.ofSeconds(10));
        TopologyView view = topology.current();
        Traffic traffic = view.structure().nodes().get("exchange").traffic().orElseThrow();
        assertThat(traffic.count()).isEqualTo(RecentTraffic.MAX_EVENTS);
        assertThat(traffic.errorRate()).isEqualTo(1);
        assertThat(view.measured()).isEqualTo(Duration.ofSeconds(10));
        assertThat(traffic.rate()).isEqualTo(RecentTraffic.MAX_EVENTS / 10.0);
        assertThat(view.incomplete())
                .containsExactly(
                        Omission.between(
                                Bound.TRAFFIC_SAMPLE, now.minus(Duration.ofMinutes(5)), now));
        pass(Duration.ofMinutes(5).plusNanos(1));
        assertThat(topology.current().incomplete()).isEmpty();
    }

    @Test
    void shouldForgetWhatWasBeforeTheWindow() {
        append(5, Severity.INFO);
        assertThat(topology.current().structure().nodes().get("exchange").traffic()).isPresent();
        pass(Duration.ofMinutes(6));
        var exchange = topology.current().structure().nodes().get("exchange");
        assertThat(exchange.traffic()).isEmpty();
        assertThat(exchange.value().status()).isEqualTo(Node.Status.UNKNOWN);
        pass(Duration.ofMinutes(15));
        assertThat(topology.current().structure().nodes()).doesNotContainKey("exchange");
    }
}
