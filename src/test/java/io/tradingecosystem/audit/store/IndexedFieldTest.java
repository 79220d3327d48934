package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.EventWith;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What events are found by, in memory and on disk. */
class IndexedFieldTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final String VALUE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** What is on disk since the first release; a new field adds its line. */
    private static final Map<IndexedField, Long> HASHES =
            Map.of(
                    IndexedField.TRACE_ID, 0x5201fdc0f729a864L,
                    IndexedField.CORRELATION_ID, 0xd6df820fe642f747L,
                    IndexedField.SCENARIO_ID, 0xb2f26d2072b3d4ddL,
                    IndexedField.SERVICE, 0x5a565a888e2ffdbaL,
                    IndexedField.TYPE, 0xb24dc2448e397805L);

    @ParameterizedTest
    @EnumSource(IndexedField.class)
    void shouldFindEventsByEachField(IndexedField field, @TempDir Path directory) {
        List<AuditEvent> events =
                List.of(
                        EventWith.field("a", field.wireName(), VALUE),
                        EventWith.field("b", field.wireName(), "f".repeat(32)),
                        EventWith.field("c", field.wireName(), VALUE));
        Query query = Query.of(Selection.of(Selection.Key.of(field, VALUE)), 10);
        ManualClock clock = ManualClock.at(NOON);
        MemoryStore memory = MemoryStore.create(clock, Set.of());
        memory.append(events);

        try (EventStore store = Stores.open(directory, clock)) {
            store.log().append(events);

            assertThat(store.index().find(query).events())
                    .extracting(AuditEvent::id)
                    .containsExactly("a", "c");
        }
        assertThat(memory.find(query).events())
                .extracting(AuditEvent::id)
                .containsExactly("a", "c");
    }

    @Test
    void shouldKeepTheHashesThatAreOnDisk() {
        Map<IndexedField, Long> hashes = new LinkedHashMap<>();
        for (IndexedField field : IndexedField.values()) {
            hashes.put(field, Keys.hash(Selection.Key.of(field, VALUE)));
        }

        assertThat(hashes)
                .as("hashes are on disk and never change; a new field adds its own to HASHES")
                .isEqualTo(HASHES);
        assertThat(Keys.hash(new Selection.Key.All())).isEqualTo(0x82a2a958a9bece5bL);
        assertThat(Keys.hash(Selection.Key.ofKind("risk-monitor", "risk.alert.raised")))
                .isEqualTo(0x52891da50ecb0d60L);
        assertThat(Keys.hash(new Selection.Key.Business("order_id", "O-1")))
                .isEqualTo(0x6e279ffa650fdd34L);
    }

    @Test
    void shouldStoreEveryHashThatIsAskedFor() {
        AuditEvent event =
                AuditEvent.builder("s", "t").scenarioId("run").attribute("order_id", "7").build();
        List<Long> hashes = new ArrayList<>();

        Set<String> businessKeys = Set.of("order_id", "symbol");
        List<Selection.Key> keys = new ArrayList<>();

        Keys.hashes(event, businessKeys.stream().map(EventName::of).toList(), hashes::add);
        Selection.Key.forEach(event, businessKeys, keys::add);

        assertThat(keys)
                .containsExactlyInAnyOrder(
                        new Selection.Key.All(),
                        Selection.Key.ofKind("s", ""),
                        Selection.Key.ofKind("", "t"),
                        Selection.Key.ofKind("s", "t"),
                        Selection.Key.of(IndexedField.SCENARIO_ID, "run"),
                        new Selection.Key.Business("order_id", "7"));
        assertThat(hashes).containsExactlyElementsOf(keys.stream().map(Keys::hash).toList());
    }

    @Test
    void shouldHaveALetterEach() {
        List<Character> letters = new ArrayList<>(List.of('a', 'b', 'x'));
        Arrays.stream(IndexedField.values()).map(IndexedField::letter).forEach(letters::add);

        assertThat(letters).doesNotHaveDuplicates();
    }
}
