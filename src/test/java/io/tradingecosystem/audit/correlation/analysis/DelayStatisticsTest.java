package io.tradingecosystem.audit.correlation.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.correlation.analysis.DelayStatistics.Compared;
import io.tradingecosystem.audit.correlation.analysis.DelayStatistics.Report;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.testing.ManualClock;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** How long effects take, with and without chaos. */
class DelayStatisticsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final String HOP = "market price.shocked -> risk-monitor risk.alert.raised";

    private final MemoryStore store = MemoryStore.create(ManualClock.at(START), Set.of());
    private final MemoryLinks links = new MemoryLinks();
    private final DelayStatistics statistics = DelayStatistics.create(store, links);

    private void alertAfter(String run, long millis) {
        AuditEvent shock =
                AuditEvent.builder("market", "price.shocked")
                        .id(run + "-shock-" + millis)
                        .occurredAt(START)
                        .scenarioId(run)
                        .build();
        AuditEvent alert =
                AuditEvent.builder("risk-monitor", "risk.alert.raised")
                        .id(run + "-alert-" + millis)
                        .occurredAt(START.plusMillis(millis))
                        .scenarioId(run)
                        .build();
        store.append(List.of(shock, alert));
        AuditEvent cause = store.byId(shock.id()).orElseThrow();
        AuditEvent effect = store.byId(alert.id()).orElseThrow();
        links.link(cause, effect);
        links.link(cause, effect, Link.Kind.RULE, 0.9);
    }

    private Report report(String run) {
        return statistics.of(Selection.of(Selection.Key.of(IndexedField.SCENARIO_ID, run)));
    }

    @Test
    void shouldTellDelaysByRuleAndHop() {
        for (long millis = 1; millis <= 200; millis++) {
            alertAfter("run", millis);
        }

        Report report = report("run");

        Delays delays =
                new Delays(
                        200,
                        Duration.ofMillis(1),
                        Duration.ofMillis(100),
                        Duration.ofMillis(180),
                        Duration.ofMillis(198),
                        Duration.ofMillis(200));
        assertThat(report.hops()).containsOnlyKeys(HOP).containsValue(delays);
        assertThat(report.rules())
                .containsOnlyKeys("a-rule", "explicit")
                .containsEntry("a-rule", delays);
        assertThat(report.events()).isEqualTo(400);
        assertThat(report.incomplete()).isEmpty();
    }

    @Test
    void shouldCompareWithARunWithoutChaos() {
        alertAfter("quiet", 10);
        alertAfter("chaos", 45);

        Compared compared =
                DelayStatistics.compare(report("chaos"), report("quiet")).hops().get(HOP);

        assertThat(compared).isNotNull();
        assertThat(compared.ratio()).hasValue(4.5);
        Compared alone = DelayStatistics.compare(report("chaos"), report("nobody")).hops().get(HOP);
        assertThat(alone).isNotNull();
        assertThat(alone.baseline()).isEmpty();
        assertThat(alone.ratio()).isEmpty();
    }

    @Property(tries = 200)
    void shouldTellPercentilesByNearestRank(
            @ForAll @Size(min = 1, max = 250) List<@IntRange(min = -50) Integer> nanos) {
        Delays delays = Delays.of(nanos.stream().map(Integer::longValue).toList());

        for (int percent : new int[] {50, 90, 99}) {
            Duration reported =
                    switch (percent) {
                        case 50 -> delays.p50();
                        case 90 -> delays.p90();
                        default -> delays.p99();
                    };
            long notOver = nanos.stream().filter(n -> n <= reported.toNanos()).count();
            long under = nanos.stream().filter(n -> n < reported.toNanos()).count();
            assertThat(notOver * 100).isGreaterThanOrEqualTo((long) nanos.size() * percent);
            assertThat(under * 100).isLessThan((long) nanos.size() * percent);
        }
        assertThat(delays.count()).isEqualTo(nanos.size());
    }
}
