package io.tradingecosystem.audit.api.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is past the bounds is said, and what is just within them is whole. */
class JaegerLimitsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());

    @BeforeEach
    void append() {
        for (int i = 0; i < 10; i++) {
            store.append(
                    List.of(
                            AuditEvent.builder("gateway", "get")
                                    .id("e" + i)
                                    .traceId(TRACE)
                                    .occurredAt(START.plusSeconds(i))
                                    .build()));
        }
    }

    private boolean isCut(int maxEvents, List<AuditEvent> seen) {
        return new NewestFirst(store, () -> 0, maxEvents)
                .walk(Selection.of(new Selection.Key.All()), seen::add);
    }

    @Test
    void shouldSayWhenOlderEventsWereNotLookedAt() {
        List<AuditEvent> seen = new ArrayList<>();

        assertThat(isCut(9, seen)).isTrue();

        assertThat(seen).extracting(AuditEvent::id).hasSize(9).startsWith("e9").endsWith("e1");
        assertThat(isCut(10, new ArrayList<>())).isFalse();
    }

    @Test
    void shouldStopWhenTheTimeForAQuestionIsOver() {
        long[] now = {0};
        NewestFirst events =
                new NewestFirst(store, () -> now[0] += Duration.ofSeconds(6).toNanos(), 100);

        assertThat(events.walk(Selection.of(new Selection.Key.All()), event -> true)).isTrue();
    }

    @Test
    void shouldSayThatATraceHasMore() {
        assertThat(new Traces(store, 9).read(TRACE).orElseThrow().isCut()).isTrue();
        Trace whole = new Traces(store, 10).read(TRACE).orElseThrow();
        assertThat(whole.isCut()).isFalse();
        assertThat(whole.spans()).hasSize(10);
    }

    @Test
    void shouldNotCallASearchCutThatFoundEnough() {
        TraceSearch search =
                new TraceSearch(new NewestFirst(store, () -> 0, 5), EventAliases.DEFAULT);

        assertThat(search.find(query(1)).isCut()).isFalse();
        assertThat(search.find(query(2)).isCut()).isTrue();
    }

    private static TraceQuery query(int limit) {
        return new TraceQuery(
                "gateway",
                "",
                Map.of(),
                START,
                START.plusSeconds(60),
                Duration.ZERO,
                Duration.ZERO,
                limit);
    }
}
