package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.testing.ManualClock;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The durable log answers whatever is asked of it as the one in memory does. */
class TwinsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Set<String> KEYS = Set.of("order_id", "symbol");

    private Path directory = Path.of("");
    private int opened;

    @BeforeProperty
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory(Path.of("target"), "twins");
    }

    @AfterProperty
    void removeDirectory() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Batches of events with few ids, so that there are duplicates and conflicts. */
    @Provide
    static Arbitrary<List<List<AuditEvent>>> batches() {
        Arbitrary<AuditEvent> event =
                Combinators.combine(
                                Arbitraries.integers().between(0, 60),
                                Arbitraries.of("risk-monitor", "exchange"),
                                Arbitraries.of("order.placed", "risk.alert"),
                                // Within a bucket, at its edge, and far apart.
                                Arbitraries.of(0L, 1L, 1L << 29, 1L << 30, 1L << 31, 1L << 40),
                                Arbitraries.of("", "t1", "t2"),
                                Arbitraries.of("", "c1"),
                                Arbitraries.of("BTC", "ETH"))
                        .as(
                                (id, service, type, nanos, trace, correlation, symbol) ->
                                        AuditEvent.builder(service, type)
                                                .id("e" + id)
                                                .occurredAt(NOON.plusNanos(nanos))
                                                .traceId(trace)
                                                .correlationId(correlation)
                                                .scenarioId(correlation)
                                                .attribute("symbol", symbol)
                                                .build());
        return event.list().ofMinSize(1).ofMaxSize(20).list().ofMaxSize(6);
    }

    @Provide
    static Arbitrary<Selection> selections() {
        Arbitrary<Selection.Key> key =
                Arbitraries.of(
                        new Selection.Key.All(),
                        Selection.Key.of(IndexedField.TRACE_ID, "t1"),
                        Selection.Key.of(IndexedField.TRACE_ID, ""),
                        Selection.Key.of(IndexedField.CORRELATION_ID, "c1"),
                        Selection.Key.of(IndexedField.SCENARIO_ID, "c1"),
                        Selection.Key.of(IndexedField.SERVICE, "exchange"),
                        Selection.Key.of(IndexedField.TYPE, "risk.alert"),
                        new Selection.Key.ServiceAndType("exchange", "risk.alert"),
                        new Selection.Key.Business("symbol", "BTC"),
                        new Selection.Key.Business("order_id", "BTC"));
        Arbitrary<Instant> time =
                Arbitraries.of(
                        Selection.BEGINNING,
                        NOON,
                        NOON.plusNanos(1),
                        NOON.plusNanos(1L << 30),
                        NOON.plusNanos(1L << 40),
                        Selection.END);
        return Combinators.combine(key, time, time)
                .filter((k, from, to) -> !from.isAfter(to))
                .as(Selection::new);
    }

    @Property(tries = 60)
    void shouldAnswerAlike(
            @ForAll("batches") List<List<AuditEvent>> batches,
            @ForAll("selections") Selection selection,
            @ForAll Direction direction,
            @ForAll @IntRange(min = 1, max = 9) int limit,
            @ForAll boolean restarted,
            @ForAll boolean inSegments) {
        ManualClock clock = ManualClock.at(NOON);
        MemoryStore memory = MemoryStore.create(clock, KEYS);
        Path path = directory.resolve("log" + opened++);
        EventStore store = Stores.open(path, clock);
        try {
            for (List<AuditEvent> batch : batches) {
                assertThat(store.log().append(batch)).isEqualTo(memory.append(batch));
                clock.jump(Duration.ofMillis(700));
                if (inSegments) {
                    store.beginSegment();
                }
            }
            if (restarted) {
                store.close();
                store = Stores.open(path, clock);
            }

            assertThat(store.log().lastPosition()).isEqualTo(memory.lastPosition());
            assertThat(store.log().read(0, 1_000)).isEqualTo(memory.read(0, 1_000));
            assertThat(store.log().read(3, 4)).isEqualTo(memory.read(3, 4));
            assertThat(store.index().byId("e1")).isEqualTo(memory.byId("e1"));
            List<String> ids = List.of("e7", "none", "e1", "e60");
            assertThat(store.index().byIds(ids)).isEqualTo(memory.byIds(ids));
            assertThat(store.index().at(2)).isEqualTo(memory.at(2));
            List<Long> some = List.of(7L, 2L, 99L, 1L, 2L);
            assertThat(store.index().at(some)).isEqualTo(memory.at(some));
            assertThat(store.index().at(List.of())).isEqualTo(memory.at(List.of()));
            Query query = new Query(selection, direction, limit, "");
            assertThat(pages(store.index(), query)).isEqualTo(pages(memory, query));
        } finally {
            store.close();
        }
    }

    /** Keys that are there and not, near and far, once and again, in any order. */
    @Property(tries = 60)
    void shouldFindRecordsAlike(
            @ForAll @Size(max = 40) Set<@IntRange(max = 200) Integer> there,
            @ForAll @Size(max = 40) List<@IntRange(max = 200) Integer> wanted,
            @ForAll boolean ascending,
            @ForAll boolean flushed) {
        List<byte[]> keys =
                (ascending ? wanted.stream().sorted() : wanted.stream())
                        .map(TwinsTest::key)
                        .toList();
        try (EventStore store =
                Stores.open(directory.resolve("log" + opened++), ManualClock.at(NOON))) {
            Projection durable = store.projections().projection("twin");
            Projection memory = MemoryStore.create(ManualClock.at(NOON), KEYS).projection("twin");
            for (Projection projection : List.of(durable, memory)) {
                projection.commit(
                        1, changes -> there.forEach(each -> changes.put(key(each), key(each))));
            }
            store.projections().projection("twins").commit(1, out -> out.put(key(7), key(0)));
            if (flushed) {
                store.flush();
            }

            assertThat(durable.get(keys)).usingRecursiveComparison().isEqualTo(memory.get(keys));
        }
    }

    /** Keys of one byte, and of two that begin with 3. */
    @Property(tries = 30)
    void shouldScanBackTheSameRecords(
            @ForAll @Size(max = 30) Set<@IntRange(max = 9) Integer> there,
            @ForAll @IntRange(max = 9) int before,
            @ForAll boolean flushed) {
        try (EventStore store =
                Stores.open(directory.resolve("log" + opened++), ManualClock.at(NOON))) {
            Projection durable = store.projections().projection("twin");
            Projection memory = MemoryStore.create(ManualClock.at(NOON), KEYS).projection("twin");
            for (Projection projection : List.of(durable, memory)) {
                projection.commit(
                        1,
                        changes ->
                                there.forEach(
                                        each -> {
                                            changes.put(key(each), key(each));
                                            changes.put(pair(each), key(each));
                                        }));
            }
            store.projections().projection("twim").commit(1, out -> out.put(pair(1), key(0)));
            if (flushed) {
                store.flush();
            }

            List<Integer> expected =
                    there.stream()
                            .filter(each -> each < before)
                            .sorted(Comparator.reverseOrder())
                            .toList();
            for (Projection projection : List.of(durable, memory)) {
                List<Integer> seen = new ArrayList<>();
                projection.scanBack(
                        key(3),
                        pair(before),
                        (key, value) -> key.length == 2 && seen.add((int) key[1]));
                assertThat(seen).isEqualTo(expected);
            }
        }
    }

    private static byte[] pair(int number) {
        return new byte[] {3, (byte) number};
    }

    private static byte[] key(int number) {
        return new byte[] {(byte) number};
    }

    private static List<List<AuditEvent>> pages(EventIndex index, Query query) {
        List<List<AuditEvent>> pages = new ArrayList<>();
        Page page = index.find(query);
        pages.add(page.events());
        while (!page.nextPageToken().isEmpty()) {
            page = index.find(query.from(page.nextPageToken()));
            pages.add(page.events());
        }
        return pages;
    }
}
