package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ServerSentEvents;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.WatchEventsRequest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bytes of every file of a log are flipped, one at a time. Whatever a door answers with success is
 * the truth; all else is a problem, and never a smaller truth. {@code -Dstore.flips=20000} flips
 * about so many.
 */
@Timeout(36_000)
class FlippedBytesTest {
    private static final int FLIPS = Integer.getInteger("store.flips", 12);
    private static final int TABLED = 300;
    private static final int ALL = 400;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path directory;
    private Path original;
    private List<AuditEvent> truth = List.of();
    private final Map<String, Integer> told = new TreeMap<>();

    @BeforeEach
    void fill() throws IOException, InterruptedException {
        original = directory.resolve("original");
        try (EventStore store = open(original)) {
            store.log().append(events().subList(0, 200));
            store.beginSegment();
            store.log().append(events().subList(200, TABLED));
            store.seal();
            projected(store).commit(TABLED, FlippedBytesTest::derive);
            store.flush();
            for (int i = TABLED; i < ALL; i += 10) {
                store.log().append(events().subList(i, i + 10));
            }
            truth = store.log().read(0, ALL);
        }
        assertThat(truth).hasSize(ALL);
    }

    @Test
    void shouldTellTheTruthOrThatItCannot() throws Exception {
        List<Path> files = files(original);
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        Random random = new Random(18);
        for (Path file : files) {
            long size = Files.size(file);
            // Of a small file, too, one at least.
            long flips = Math.max(1, FLIPS * size / bytes);
            for (long flip = 0; flip < flips; flip++) {
                long at = flip * size / flips + random.nextLong(Math.max(1, size / flips));
                int bit = 1 << random.nextInt(8);
                flipped(file, at, bit);
            }
        }
        // Neither may the test see nothing but refusals, nor nothing but health.
        assertThat(told.keySet()).contains("refused", "damaged", "whole");
    }

    private void flipped(Path file, long at, int bit) throws Exception {
        String what = file.getFileName() + " at " + at + " bit " + bit;
        Path copy = directory.resolve("copy");
        copy(original, copy);
        byte[] bytes = Files.readAllBytes(copy.resolve(file.getFileName()));
        bytes[(int) at] ^= (byte) bit;
        Files.write(copy.resolve(file.getFileName()), bytes);
        boolean whole = isWhole(copy);
        try (EventStore store = open(copy)) {
            int problems = new Doors(store, what).compare();
            if (whole) {
                assertThat(problems).as("problems of a log that is whole: " + what).isZero();
            }
            count(problems == 0 ? "whole" : "damaged");
        } catch (StoreException e) {
            assertThat(whole).as("refused, though it is whole: " + what).isFalse();
            count("refused");
        }
        repaired(copy, what);
        delete(copy);
    }

    private void count(String outcome) {
        told.merge(outcome, 1, Integer::sum);
    }

    private static boolean isWhole(Path copy) {
        try (OfflineStore store = OfflineStore.open(settings(copy))) {
            return store.check().isWhole();
        } catch (StoreException e) {
            return false;
        }
    }

    /** What can be read after a repair is the truth, but what was named as lost. */
    private void repaired(Path copy, String what) {
        StoreReport report;
        try (OfflineStore store = OfflineStore.open(settings(copy))) {
            report = store.check();
            if (!report.isWhole()) {
                store.repair(report, FlippedBytesTest::gap, List.of("derived"));
            }
        } catch (StoreException e) {
            return;
        }
        Set<Long> lost = new HashSet<>();
        report.lost().forEach(each -> range(each.from(), each.to(), lost));
        try (EventStore store = open(copy)) {
            for (AuditEvent event : truth) {
                if (!lost.contains(event.position())) {
                    assertThat(store.index().at(event.position())).as(what).contains(event);
                    assertThat(store.index().byId(event.id())).as(what).contains(event);
                }
            }
        }
        assertThat(isWhole(copy)).as(what).isTrue();
    }

    private static void range(long from, long to, Set<Long> out) {
        for (long at = from; at <= to; at++) {
            out.add(at);
        }
    }

    private static AuditEvent gap(LostEvents lost) {
        return AuditEvent.builder("audit", "gap")
                .id("gap-" + lost.from())
                .occurredAt(lost.since())
                .build();
    }

    /** All doors of one log. */
    private final class Doors {
        private final EventStore store;
        private final String what;
        private int problems;

        Doors(EventStore store, String what) {
            this.store = store;
            this.what = what;
        }

        int compare() throws Exception {
            assertThat(store.log().lastPosition()).as(what).isEqualTo(ALL);
            read();
            for (AuditEvent event : truth) {
                same(() -> store.index().byId(event.id()), Optional.of(event));
                same(() -> store.index().at(event.position()), Optional.of(event));
            }
            find(new Selection.Key.All(), truth);
            for (String order : List.of("O-0", "O-3")) {
                find(
                        new Selection.Key.Business("order_id", order),
                        truth.stream()
                                .filter(each -> each.attribute("order_id").equals(order))
                                .toList());
            }
            derived();
            try (OpenDoorsFixture doors = DamagedEventsTest.doors(store)) {
                http(doors);
                stream(doors);
                grpc(doors);
            }
            // Last, as it may change the log.
            append();
            return problems;
        }

        private <T> void same(Supplier<T> answer, T expected) {
            try {
                assertThat(answer.get()).as(what).isEqualTo(expected);
            } catch (LogUnavailableException e) {
                problems++;
            }
        }

        private void find(Selection.Key key, List<AuditEvent> expected) {
            same(() -> store.index().find(Query.of(Selection.of(key), ALL)).events(), expected);
        }

        private void read() {
            long position = 0;
            while (position < ALL) {
                try {
                    List<AuditEvent> events = store.log().read(position, 64);
                    int from = (int) position;
                    assertThat(events).as(what).isNotEmpty();
                    assertThat(events)
                            .as(what)
                            .isEqualTo(truth.subList(from, from + events.size()));
                    position = events.getLast().position();
                } catch (LogDamagedException e) {
                    problems++;
                    assertThat(e.damage().from()).as(what).isEqualTo(position + 1);
                    position = e.damage().to();
                }
            }
            assertThat(position).as(what).isEqualTo(ALL);
        }

        private void derived() {
            Projection projection = projected(store);
            same(projection::position, (long) TABLED);
            List<String> expected = IntStream.range(0, TABLED).mapToObj(i -> "v" + i).toList();
            same(
                    () -> {
                        List<String> found = new ArrayList<>();
                        projection.scan(
                                new byte[0],
                                new byte[0],
                                (key, value) ->
                                        found.add(new String(value, StandardCharsets.US_ASCII)));
                        return found;
                    },
                    expected);
        }

        private void http(OpenDoorsFixture doors) {
            var answer = doors.http.get("/api/v1/events?limit=1000&order=oldest_first");
            if (answer.statusCode() != 200) {
                assertThat(answer.statusCode()).as(what).isEqualTo(503);
                assertThat(Http.json(answer).path("file").asText()).as(what).endsWith(".sst");
                problems++;
                return;
            }
            List<String> ids = new ArrayList<>();
            for (JsonNode event : Http.json(answer).path("events")) {
                ids.add(event.path("id").asText());
            }
            assertThat(ids).as(what).isEqualTo(truth.stream().map(AuditEvent::id).toList());
        }

        private void stream(OpenDoorsFixture doors) throws IOException, InterruptedException {
            String path = "/api/v1/events/stream?after=0";
            try (var stream = ServerSentEvents.of(doors.doors.httpPort(), path)) {
                long position = 0;
                while (position < ALL) {
                    String id = stream.next("id");
                    long at = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
                    if (stream.next("event").equals("gap")) {
                        problems++;
                    } else {
                        assertThat(at).as(what).isEqualTo(position + 1);
                        assertThat(stream.next("data"))
                                .as(what)
                                .contains("\"" + truth.get((int) position).id() + "\"");
                    }
                    position = at;
                }
            }
        }

        private void grpc(OpenDoorsFixture doors) {
            try (GrpcChannel channel = GrpcChannel.to(doors.doors.grpcPort())) {
                var watched =
                        EventServiceGrpc.newBlockingStub(channel.channel())
                                .watchEvents(WatchEventsRequest.newBuilder().setAfter(-1).build());
                long position = 0;
                while (position < ALL) {
                    var next = watched.next();
                    if (next.hasEvent()) {
                        assertThat(next.getEvent().getId())
                                .as(what)
                                .isEqualTo(truth.get((int) position).id());
                        assertThat(next.getPosition()).as(what).isEqualTo(position + 1);
                    } else {
                        assertThat(next.hasGap()).as(what).isTrue();
                        problems++;
                    }
                    position = next.getPosition();
                }
            }
        }

        private void append() {
            List<AuditEvent> again = new ArrayList<>(events());
            again.add(AuditEvent.builder("s", "t").id("new").occurredAt(START).build());
            List<AppendOutcome> outcomes = store.log().appendReadable(again);
            for (int i = 0; i < ALL; i++) {
                if (outcomes.get(i) instanceof AppendOutcome.Undecided) {
                    problems++;
                } else {
                    assertThat(outcomes.get(i))
                            .as(what)
                            .isEqualTo(new AppendOutcome.Duplicate(i + 1));
                }
            }
            assertThat(outcomes.getLast())
                    .as(what)
                    .isIn(
                            new AppendOutcome.Stored(ALL + 1),
                            outcomes.getLast() instanceof AppendOutcome.Undecided
                                    ? outcomes.getLast()
                                    : "nothing else");
        }
    }

    private static List<AuditEvent> events() {
        Random random = new Random(1);
        return IntStream.range(0, ALL)
                .mapToObj(
                        i ->
                                AuditEvent.builder("s", "t" + i % 3)
                                        .id("e" + i)
                                        .occurredAt(START.plus(Duration.ofMillis(100L * i)))
                                        .message(Long.toHexString(random.nextLong()).repeat(4))
                                        .attribute("order_id", "O-" + i % 10)
                                        .build())
                .toList();
    }

    private static void derive(Projection.Changes changes) {
        for (int i = 0; i < TABLED; i++) {
            changes.put(
                    "k%04d".formatted(i).getBytes(StandardCharsets.US_ASCII),
                    ("v" + i).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static Projection projected(EventStore store) {
        return store.projections().projection("derived");
    }

    private static StoreSettings settings(Path path) {
        return Stores.settings(path, Durability.FSYNC);
    }

    private static EventStore open(Path path) {
        return Stores.open(settings(path), InstantSource.system());
    }

    /** All but RocksDB's own code, and what it says of itself and never reads. */
    private static List<Path> files(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !String.valueOf(file.getFileName()).matches("LOCK|LOG.*"))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
