package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.analysis.Timeline;
import io.tradingecosystem.audit.correlation.analysis.TimelineQuestion;
import io.tradingecosystem.audit.correlation.analysis.Timelines;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Examples in comments of {@code correlation} and its rooms. */
class CorrelationExampleTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final AuditEvent shock =
            AuditEvent.builder("exchange", "price.shock")
                    .id("shock")
                    .scenarioId("run")
                    .occurredAt(START)
                    .build();
    private final AuditEvent halt =
            AuditEvent.builder("engine", "strategy.halted")
                    .id("halt")
                    .scenarioId("run")
                    .causeId("shock")
                    .occurredAt(START.plusSeconds(2))
                    .build();

    @Test
    void shouldLinkARecording() {
        // @start region="links"
        List<Link> links =
                OfflineLinks.of(List.of(shock, halt), Optional.empty(), LinkBounds.DEFAULT);
        // @end
        assertThat(links).extracting(Link::causeId).contains("shock");
    }

    @Test
    void shouldReadARule() {
        // @start region="rule"
        Rule rule =
                RuleReader.KIND
                        .readOne(
                                "example",
                                """
                                name: shock-halts
                                trigger: {type: price.shock}
                                effect: {type: strategy.halted}
                                within: 30s
                                join: [scenario_id]
                                """,
                                "file")
                        .content();
        // @end
        assertThat(rule.within()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldTellATimeline() {
        MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());
        store.append(List.of(shock, halt));
        MemoryLinks links = new MemoryLinks();
        links.link(shock, halt);
        // @start region="timeline"
        Timelines timelines = Timelines.create(store, links, ClockSkew.of(Duration.ofMillis(100)));
        Selection run = Selection.of(Selection.Key.of(IndexedField.SCENARIO_ID, "run"));
        Timeline timeline = timelines.of(TimelineQuestion.of(run, 1_000));
        // @end
        assertThat(timeline).toIterable().hasSize(2);
        // @start region="index"
        List<Link> causes = links.causesOf("halt", 10);
        // @end
        assertThat(causes).extracting(Link::causeId).containsExactly("shock");
    }
}
