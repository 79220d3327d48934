package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A damaged log is looked through, and made anew of what can be read. */
class RepairTest {
    @TempDir Path directory;

    @BeforeEach
    void fill() throws InterruptedException {
        try (EventStore store = open()) {
            store.log().append(DamagedDirectory.events().subList(0, 600));
            store.beginSegment();
            store.log().append(DamagedDirectory.events().subList(600, DamagedDirectory.EVENTS));
            store.seal();
            projected(store).commit(1_000, changes -> changes.put(bytes("a"), bytes("1")));
            store.flush();
        }
    }

    @Test
    void shouldSayThatALogIsWhole() {
        StoreReport report = check();

        assertThat(report.isWhole()).as(report.toString()).isTrue();
        assertThat(report.events()).isEqualTo(DamagedDirectory.EVENTS);
        assertThat(report.sealed()).isEqualTo(1);
    }

    @Test
    void shouldPutAGapInThePlaceOfWhatIsLost() throws IOException {
        Path table = DamagedDirectory.largestTable(directory);
        DamagedDirectory.damage(table);
        StoreReport report = check();
        assertThat(report.damages())
                .extracting(Damage::file)
                .containsExactly(String.valueOf(table.getFileName()));
        LostEvents lost = report.lost().getFirst();
        assertThat(report.lost()).hasSize(1);

        RepairReport repaired = repair();

        assertThat(repaired.dropped()).isEmpty();
        assertThat(repaired.quarantine().resolve(table.getFileName())).exists();
        assertThat(check().isWhole()).as(check().toString()).isTrue();
        try (EventStore store = open()) {
            assertThat(positions(store))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, DamagedDirectory.EVENTS + 1)
                                    .filter(at -> at < lost.from() || at >= lost.to())
                                    .boxed()
                                    .toList());
            assertThat(store.index().at(lost.to()).orElseThrow().type()).isEqualTo("gap");
            assertThat(store.log().read(lost.to(), 1).getFirst().id()).isEqualTo("e" + lost.to());
            assertThat(found(store)).hasSize((int) (DamagedDirectory.EVENTS - lost.count() + 2));
            assertThat(projected(store).get(bytes("a"))).hasValue(bytes("1"));
            // The sender of what is lost may send it again.
            AuditEvent again = DamagedDirectory.events().get((int) lost.from() - 1);
            assertThat(store.log().append(List.of(again)).getFirst())
                    .isEqualTo(new AppendOutcome.Stored(DamagedDirectory.EVENTS + 2));
            assertThat(store.log().append(DamagedDirectory.events().subList(0, 1)).getFirst())
                    .isEqualTo(new AppendOutcome.Duplicate(1));
        }
    }

    @Test
    void shouldMakeIndexesAnew() throws IOException {
        DamagedDirectory.damage(DamagedDirectory.tableOf(directory, "postings"));
        assertThat(check().lost()).isEmpty();

        repair();

        assertThat(check().isWhole()).isTrue();
        try (EventStore store = open()) {
            assertThat(found(store)).hasSize(DamagedDirectory.EVENTS);
            Selection ofOne = Selection.of(new Selection.Key.Business("order_id", "O-3"));
            assertThat(store.index().find(EventIndex.Query.of(ofOne, 1_000)).events())
                    .hasSize(DamagedDirectory.EVENTS / 10);
        }
    }

    @Test
    void shouldTakeLostEventsForAnyTimeWhereNoIndexTells() throws IOException {
        DamagedDirectory.damage(DamagedDirectory.largestTable(directory));
        LostEvents told = check().lost().getFirst();
        for (Path table : DamagedDirectory.tablesOf(directory, "postings")) {
            DamagedDirectory.spoil(table, 1);
        }

        LostEvents lost = check().lost().getFirst();

        assertThat(told.certain()).isTrue();
        assertThat(lost.certain()).isFalse();
        assertThat(lost.until()).isEqualTo(told.until());
        assertThat(lost.latest()).isEqualTo(told.until());
        assertThat(lost.after()).isEqualTo(told.after());
        assertThat(lost.since()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
        repair();
        try (EventStore store = open()) {
            assertThat(store.index().at(lost.to()).orElseThrow().occurredAt())
                    .isEqualTo(lost.since());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFindInOtherIndexesWhenLostEventsOccurred(boolean firstHalf) throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        StoreSettings settings = Stores.settings(other, Durability.FSYNC);
        try (EventStore store = Stores.open(settings, InstantSource.system())) {
            store.log().append(many());
            store.flush();
        }
        Path table = DamagedDirectory.tableOf(other, "postings");
        DamagedDirectory.damage(DamagedDirectory.largestTable(other));
        LostEvents told = onlyLost(settings);
        byte[] bytes = Files.readAllBytes(table);
        int half = bytes.length / 2;
        for (int at = firstHalf ? 10 : half; at < half + (firstHalf ? 0 : half / 2); at += 1_024) {
            bytes[at] ^= 1;
        }
        Files.write(table, bytes);

        assertThat(told.certain()).isTrue();
        assertThat(onlyLost(settings)).isEqualTo(told);
    }

    private static LostEvents onlyLost(StoreSettings settings) {
        try (OfflineStore store = OfflineStore.open(settings)) {
            List<LostEvents> lost = store.check().lost();
            assertThat(lost).hasSize(1);
            return lost.getFirst();
        }
    }

    /** Each with properties of its own. */
    private static List<AuditEvent> many() {
        List<AuditEvent> events = DamagedDirectory.events(5_000, 500);
        return IntStream.range(0, events.size())
                .mapToObj(
                        i ->
                                events.get(i).toBuilder()
                                        .service("service-" + i)
                                        .correlationId("flow-" + i)
                                        .scenarioId("run-" + i)
                                        .occurredAt(Instant.EPOCH.plusSeconds(1_000_000_000L + i))
                                        .build())
                .toList();
    }

    @Test
    void shouldKnowWhenLostEventsOccurredLongBeforeAndAfterTheyWereRecorded() throws IOException {
        Instant longAgo = Instant.parse("2020-02-02T00:00:00Z");
        Instant ahead = Instant.now().plusSeconds(1_800).truncatedTo(ChronoUnit.SECONDS);
        Path other = Files.createDirectory(directory.resolve("other"));
        StoreSettings settings = Stores.settings(other, Durability.FSYNC);
        try (EventStore store = Stores.open(settings, InstantSource.system())) {
            List<AuditEvent> events = new ArrayList<>(DamagedDirectory.events());
            IntStream.range(0, events.size())
                    .forEach(i -> events.set(i, at(events.get(i), i % 2 == 0 ? longAgo : ahead)));
            store.log().append(events);
            store.flush();
        }
        DamagedDirectory.damage(DamagedDirectory.largestTable(other));

        try (OfflineStore store = OfflineStore.open(settings)) {
            assertThat(store.check().lost())
                    .singleElement()
                    .satisfies(
                            lost -> {
                                assertThat(lost.certain()).isTrue();
                                assertThat(lost.since()).isEqualTo(longAgo);
                                assertThat(lost.latest()).isEqualTo(ahead);
                            });
        }
    }

    private static AuditEvent at(AuditEvent event, Instant occurredAt) {
        return event.toBuilder().occurredAt(occurredAt).build();
    }

    @Test
    void shouldDropAProjectionThatCannotBeRead() throws IOException {
        DamagedDirectory.damage(DamagedDirectory.tableOf(directory, "projections"));

        assertThat(repair().dropped()).containsExactly("derived");

        try (EventStore store = open()) {
            assertThat(projected(store).position()).isZero();
        }
    }

    @Test
    void shouldTakeALostEndForAGap() throws IOException {
        Files.writeString(directory.resolve("TAIL"), "position 1010\n");

        assertThat(check().lost())
                .singleElement()
                .satisfies(lost -> assertThat(lost.from()).isEqualTo(1_001));
        repair();

        try (EventStore store = open()) {
            assertThat(store.log().lastPosition()).isEqualTo(1_010);
            assertThat(store.log().read(1_000, 10).getFirst().position()).isEqualTo(1_010);
        }
    }

    @Test
    void shouldGoOnWhereARepairWasCutShort() throws IOException {
        DamagedDirectory.damage(DamagedDirectory.largestTable(directory));
        RepairReport repaired = repair();
        // As if it had ended with half of the files moved in.
        Path incoming = Files.createDirectory(directory.resolve("incoming"));
        for (String name : List.of("FORMAT", "TAIL", "CURRENT")) {
            Files.move(directory.resolve(name), incoming.resolve(name));
        }

        assertThat(check().isWhole()).isTrue();
        assertThat(check().events()).isEqualTo(repaired.events());
        assertThat(incoming).doesNotExist();
    }

    @Test
    void shouldNoticeEventsThatAreOthersThanThoseThatWereSealed() {
        try (Database database = Database.open(settings())) {
            database.use(
                    tables -> {
                        byte[] key = BigEndian.of(7);
                        byte[] value = tables.rocks().get(tables.of(Tables.EVENTS), key);
                        value[value.length - 1] ^= 1;
                        tables.rocks().put(tables.of(Tables.EVENTS), key, value);
                        return true;
                    });
        }

        assertThat(check().damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.reason()).contains("segment 1 are others"));
    }

    @Test
    void shouldMakeHashesAnewFromWhereEventsWereLost() throws Exception {
        sealThree();
        DamagedDirectory.damage(DamagedDirectory.largestTable(directory));
        repair();

        assertThat(check().isWhole()).as(check().toString()).isTrue();
        try (EventStore store = open()) {
            store.seal();
        }
        assertThat(check().isWhole()).as(check().toString()).isTrue();
        assertThat(check().sealed()).isEqualTo(3);
    }

    @Test
    void shouldNameAHashThatIsMissing() throws InterruptedException {
        sealThree();
        change(tables -> meta(tables, SegmentSeal.key(2), null));

        assertThat(reasons())
                .containsExactly(
                        "the hash of segment 2 is missing, though segment 3 has one",
                        "the hash of segment 3 was not made from that of segment 2, which is"
                                + " missing");
    }

    @Test
    void shouldNameAHashThatFollowsFromAnother() throws InterruptedException {
        sealThree();
        // Whoever changes an event can make the hash of its segment anew.
        change(
                tables -> {
                    byte[] key = BigEndian.of(7);
                    byte[] value = tables.rocks().get(tables.of(Tables.EVENTS), key);
                    value[value.length - 1] ^= 1;
                    tables.rocks().put(tables.of(Tables.EVENTS), key, value);
                    SegmentHash hash = new SegmentHash(1, 601, new byte[SegmentSeal.HASH_BYTES]);
                    while (hash.take(tables, Long.MAX_VALUE)) {
                        // As long as there is more.
                    }
                    return meta(tables, SegmentSeal.key(1), hash.seal().bytes());
                });

        assertThat(reasons())
                .containsExactly(
                        "the hash of segment 2 was not made from that of segment 1, which is"
                                + " another");
    }

    @Test
    void shouldNameHashesThatChangedPlaces() throws InterruptedException {
        sealThree();
        change(
                tables -> {
                    byte[] two = SegmentSeal.read(tables, 2).orElseThrow().bytes();
                    byte[] three = SegmentSeal.read(tables, 3).orElseThrow().bytes();
                    meta(tables, SegmentSeal.key(2), three);
                    return meta(tables, SegmentSeal.key(3), two);
                });

        assertThat(reasons())
                .contains(
                        "the hash of segment 2 is one of events up to 1010, which is no end of it",
                        "the hash of segment 3 is one of events up to 1000, which is no end of"
                                + " it");
    }

    /** Three segments that are appended to no more: 1 to 600, 1,000 and 1,010. */
    private void sealThree() throws InterruptedException {
        try (EventStore store = open()) {
            store.beginSegment();
            store.log().append(other(0, 10));
            store.beginSegment();
            store.log().append(other(10, 20));
            store.seal();
            store.flush();
        }
        assertThat(check().sealed()).isEqualTo(3);
    }

    private static List<AuditEvent> other(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> AuditEvent.builder("s", "t").id("other-" + i).build())
                .toList();
    }

    private List<String> reasons() {
        return check().damages().stream().map(Damage::reason).sorted().toList();
    }

    private void change(Database.Use<Boolean> change) {
        try (Database database = Database.open(settings())) {
            database.use(change);
        }
    }

    private static boolean meta(Tables tables, byte[] key, byte @Nullable [] value)
            throws RocksDBException {
        if (value == null) {
            tables.rocks().delete(tables.of(Tables.META), key);
        } else {
            tables.rocks().put(tables.of(Tables.META), key, value);
        }
        return true;
    }

    private EventStore open() {
        return Stores.open(settings(), InstantSource.system());
    }

    private StoreSettings settings() {
        return Stores.settings(directory, Durability.FSYNC);
    }

    private StoreReport check() {
        try (OfflineStore store = OfflineStore.open(settings())) {
            return store.check();
        }
    }

    private RepairReport repair() {
        try (OfflineStore store = OfflineStore.open(settings())) {
            return store.repair(store.check(), RepairTest::gap, List.of("derived"));
        }
    }

    private static AuditEvent gap(LostEvents lost) {
        return AuditEvent.builder("audit", "gap")
                .id("gap-" + lost.from())
                .occurredAt(lost.since())
                .build();
    }

    private static Projection projected(EventStore store) {
        return store.projections().projection("derived");
    }

    private static List<Long> positions(EventStore store) {
        return store.log().read(0, 10_000).stream().map(AuditEvent::position).toList();
    }

    private static List<AuditEvent> found(EventStore store) {
        Selection all = Selection.of(new Selection.Key.All());
        return store.index().find(EventIndex.Query.of(all, 10_000)).events();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
