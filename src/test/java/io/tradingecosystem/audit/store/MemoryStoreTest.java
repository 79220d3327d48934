package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

class MemoryStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final MemoryStore store =
            MemoryStore.create(InstantSource.fixed(NOW), Set.of("order_id"));

    private static AuditEvent event(String id, int second) {
        return AuditEvent.builder("risk-monitor", "risk.alert.raised")
                .id(id)
                .occurredAt(NOW.plusSeconds(second))
                .attribute("order_id", "ORD-1")
                .build();
    }

    @Test
    void shouldStoreAnIdOnce() {
        assertThat(store.append(List.of(event("a", 1), event("a", 1), event("a", 2))))
                .containsExactly(
                        new AppendOutcome.Stored(1),
                        new AppendOutcome.Duplicate(1),
                        new AppendOutcome.Conflict(1));
        assertThat(store.byId("a"))
                .hasValueSatisfying(e -> assertThat(e.recordedAt()).isEqualTo(NOW));
        assertThat(store.at(1)).isEqualTo(store.byId("a"));
    }

    @Test
    void shouldRefuseAKeyThatIsNotIndexed() {
        Query query = Query.of(Selection.of(new Selection.Key.Business("symbol", "BTC")), 1);
        assertThatThrownBy(() -> store.find(query)).isInstanceOf(InvalidQuestionException.class);
    }

    @Test
    void shouldWaitForWhatIsBehindAPosition() throws InterruptedException {
        assertThat(store.await(0, Duration.ofMillis(1))).isFalse();
        store.append(List.of(event("a", 1)));
        assertThat(store.await(0, Duration.ofSeconds(30))).isTrue();
    }

    @Property(tries = 50)
    void shouldPageThroughASelectionInOrder(
            @ForAll @Size(max = 40) List<@IntRange(max = 9) Integer> seconds,
            @ForAll @IntRange(min = 1, max = 7) int limit,
            @ForAll Direction direction) {
        MemoryStore filled = MemoryStore.create(InstantSource.fixed(NOW), Set.of("order_id"));
        for (int i = 0; i < seconds.size(); i++) {
            filled.append(List.of(event("e" + i, seconds.get(i))));
        }
        Selection selection =
                Selection.of(new Selection.Key.Business("order_id", "ORD-1"))
                        .between(NOW.plusSeconds(2), NOW.plusSeconds(7));
        List<AuditEvent> found = new ArrayList<>();
        Query query = new Query(selection, direction, limit, "");
        Page page = filled.find(query);
        found.addAll(page.events());
        while (!page.nextPageToken().isEmpty()) {
            page = filled.find(query.from(page.nextPageToken()));
            found.addAll(page.events());
        }
        Comparator<AuditEvent> order =
                Comparator.comparing(AuditEvent::occurredAt)
                        .thenComparingLong(AuditEvent::position);
        assertThat(found)
                .isSortedAccordingTo(direction == Direction.OLDEST_FIRST ? order : order.reversed())
                .hasSize((int) seconds.stream().filter(s -> s >= 2 && s < 7).count());
    }
}
