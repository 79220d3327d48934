package io.tradingecosystem.audit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.Glob;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.LateSearch.Found;
import io.tradingecosystem.audit.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What joins do not keep any more is found in the store, as far as a budget goes. */
class LateSearchTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final long AT = Times.toEpochNanos(START);
    private static final EventPattern FILLED = pattern("venue", "filled");

    private final MemoryStore store = MemoryStore.create(() -> START, Set.of("order"));

    private static EventPattern pattern(String service, String type) {
        return new EventPattern(
                List.of(new Glob(service)), List.of(new Glob(type)), Optional.empty(), Map.of());
    }

    private static AuditEventBuilder event(String id, long nanos) {
        return AuditEvent.builder("venue", "filled").id(id).occurredAt(START.plusNanos(nanos));
    }

    private void add(AuditEventBuilder... events) {
        for (AuditEventBuilder event : events) {
            store.append(List.of(event.build()));
        }
    }

    private void addOthers(int count) {
        for (int i = 0; i < count; i++) {
            add(event("other" + i, i % 10).attribute("order", "other"));
        }
    }

    private Found find(int budget, long from, long to, int max) {
        return find(budget, Map.of(), from, to, Long.MAX_VALUE, max);
    }

    private Found find(
            int budget, Map<String, String> keys, long from, long to, long position, int max) {
        return new LateSearch(store, budget)
                .find(
                        FILLED,
                        keys,
                        AT + from,
                        AT + to,
                        position,
                        max,
                        event -> !event.id().startsWith("other"));
    }

    private static List<String> ids(Found found) {
        return found.events().stream().map(AuditEvent::id).toList();
    }

    @Test
    void shouldFindWhatFitsInTheOrderOfTime() {
        add(event("b", 5), event("a", 3), event("other", 4), event("early", 2), event("end", 7));
        add(
                event("late", 8),
                AuditEvent.builder("venue", "placed").id("x").occurredAt(START.plusNanos(4)));
        add(AuditEvent.builder("desk", "filled").id("y").occurredAt(START.plusNanos(4)));

        Found found = find(100, 3, 7, 100);

        assertThat(ids(found)).containsExactly("a", "b", "end");
        assertThat(found.complete()).isTrue();
    }

    @Test
    void shouldLookAtAsManyAsItsBudgetAllows() {
        addOthers(3);
        add(event("a", 20));

        assertThat(ids(find(4, 0, 30, 9))).containsExactly("a");
        assertThat(find(4, 0, 30, 9).complete()).isTrue();
        assertThat(find(3, 0, 30, 9)).isEqualTo(new Found(List.of(), false));
        assertThat(find(0, 0, 30, 9).complete()).isFalse();
        assertThat(find(0, 40, 50, 9).complete()).as("there is none").isTrue();
        assertThat(new LateSearch(store, 3).budget()).isEqualTo(3);
    }

    @Test
    void shouldStopWhenItFoundEnough() {
        add(event("a", 1), event("b", 2), event("c", 3));

        Found found = find(2, 0, 9, 2);

        assertThat(ids(found)).containsExactly("a", "b");
        assertThat(found.complete()).isTrue();
        assertThat(find(2, 0, 9, 3).complete()).as("there may be a third").isFalse();
    }

    @Test
    void shouldNotKnowWhatCameBehindAPosition() {
        add(event("a", 2), event("b", 1), event("c", 3));

        Found found = find(1, Map.of(), 0, 9, 1, 9);

        assertThat(ids(found)).containsExactly("a");
        assertThat(found.complete()).as("what came later costs nothing").isTrue();
    }

    @Test
    void shouldGoOnBehindAPage() {
        addOthers(1_100);
        add(event("last", 30));

        assertThat(ids(find(1_101, 0, 30, 9))).containsExactly("last");
        assertThat(find(1_100, 0, 30, 9).complete()).isFalse();
    }

    @Test
    void shouldLookByTheKeyThatFewestEventsShare() {
        addOthers(50);
        add(event("a", 1).attribute("order", "7").scenarioId("run"));
        for (int i = 0; i < 10; i++) {
            add(event("other run " + i, 1).scenarioId("run").attribute("venue", "x"));
        }

        assertThat(findAmong(1, Map.of("order", "7")).complete()).isTrue();
        assertThat(findAmong(1, Map.of("order", "7", "scenario_id", "run")).complete()).isTrue();
        assertThat(findAmong(11, Map.of("scenario_id", "run")).complete()).isTrue();
        assertThat(findAmong(10, Map.of("scenario_id", "run")).complete()).isFalse();
        assertThat(findAmong(60, Map.of("venue", "x")).complete())
                .as("a key that is not indexed")
                .isFalse();
        assertThat(findAmong(61, Map.of("venue", "x")).complete()).isTrue();
    }

    private Found findAmong(int budget, Map<String, String> keys) {
        return find(budget, keys, 0, 30, Long.MAX_VALUE, 99);
    }

    @Test
    void shouldLookByServiceAndTypeRatherThanByEither() {
        add(event("a", 1));
        for (int i = 0; i < 9; i++) {
            add(AuditEvent.builder("venue", "placed").id("placed" + i).occurredAt(START));
            add(AuditEvent.builder("desk", "filled").id("desk" + i).occurredAt(START));
        }

        Found found = find(1, Map.of("service", "venue", "type", "filled"), 0, 30, 99, 9);

        assertThat(ids(found)).containsExactly("a");
        assertThat(found.complete()).isTrue();
    }

    @Test
    void shouldLookByServiceOrTypeWhereThatIsAllThatIsKnown() {
        add(event("a", 1));
        for (int i = 0; i < 9; i++) {
            add(AuditEvent.builder("desk", "placed").id("other" + i).occurredAt(START));
        }
        LateSearch search = new LateSearch(store, 1);
        EventPattern of =
                new EventPattern(List.of(), List.of(new Glob("fill*")), Optional.empty(), Map.of());

        assertThat(
                        search.find(of, Map.of("type", "filled"), AT, AT + 9, 99, 9, e -> true)
                                .complete())
                .isTrue();
        assertThat(search.find(of, Map.of(), AT, AT + 9, 99, 9, e -> true).complete()).isFalse();
    }

    @Test
    void shouldKnowThatNothingIsStoredBefore1970() {
        add(AuditEvent.builder("venue", "filled").id("first").occurredAt(Instant.EPOCH));
        LateSearch search = new LateSearch(store, 9);

        assertThat(search.find(FILLED, Map.of(), -9, -1, 9, 9, event -> true))
                .isEqualTo(new Found(List.of(), true));
        assertThat(ids(search.find(FILLED, Map.of(), -9, 0, 9, 9, event -> true)))
                .containsExactly("first");
    }
}
