package io.tradingecosystem.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The example in the comment of {@code comparison}. */
class ComparisonExampleTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void shouldCompareTwoRuns() {
        MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());
        store.append(
                List.of(event("quiet", "shock"), event("quiet", "halt"), event("run", "shock")));
        MemoryLinks links = new MemoryLinks();
        var verdicts =
                new VerdictStoreReader(
                        store.store().projections().projection(VerdictService.PROJECTION), store);
        // @start region="comparison"
        Comparison comparison =
                Comparisons.create(store, links, verdicts).compare("run", List.of("quiet"));
        boolean same = comparison.isSame();
        String atFault = comparison.ranking().mostLikely().orElse("nobody can tell");
        // @end
        assertThat(same).isFalse();
        assertThat(atFault).isEqualTo("engine");
    }

    private static AuditEvent event(String run, String type) {
        return AuditEvent.builder("engine", type)
                .id(run + type)
                .scenarioId(run)
                .occurredAt(START)
                .build();
    }
}
