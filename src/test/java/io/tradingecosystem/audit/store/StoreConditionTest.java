package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.api.events.StoreMonitoring;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.monitoring.Conditions;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What the doors tell of a log that cannot be written, or is damaged. */
class StoreConditionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path directory;

    @Test
    void shouldTellOfADiskThatIsFull() {
        StoreSettings full = Stores.settings(directory, Long.MAX_VALUE);
        try (CapturedLog log = CapturedLog.of(Conditions.class.getPackage());
                EventStore store = Stores.open(full, InstantSource.system());
                OpenDoorsFixture doors = shown(store)) {
            assertThat(condition(doors, 503).path("reason").asText()).contains("bytes free");
            assertThat(condition(doors, 503).has("since")).isTrue();
            assertThat(log.lines("store.degraded")).hasSize(1);
            assertThat(log.lines("store.degraded").getFirst()).contains("remedy=free or enlarge");
            await().atMost(PATIENCE).until(() -> status(doors, "/health/ready") == 503);
        }
    }

    /** It can be written, so senders stay. */
    @Test
    void shouldTellOfDamageThatAReaderCameUpon() throws IOException {
        try (EventStore store = Stores.open(directory, InstantSource.system())) {
            store.log().append(events());
            store.flush();
        }
        damage(largestTable());
        try (EventStore store = Stores.open(directory, InstantSource.system());
                OpenDoorsFixture doors = shown(store)) {
            assertThat(condition(doors, 200).has("damage")).isFalse();

            assertThatThrownBy(() -> store.log().read(0, 1_000))
                    .isInstanceOf(LogUnavailableException.class);

            assertThat(condition(doors, 503).path("damage").asText()).isNotEmpty();
            assertThat(doors.http.get("/metrics").body()).contains("audit_store_damaged 1.0");
            doors.monitoring.health().check();
            assertThat(status(doors, "/health")).isEqualTo(200);
        }
    }

    @Test
    void shouldLeaveNothingOutOfAPageThatCannotBeRead() throws IOException {
        try (EventStore store = Stores.open(directory, InstantSource.system())) {
            store.log().append(events());
            store.flush();
        }
        damage(largestTable());
        try (EventStore store = Stores.open(directory, InstantSource.system())) {
            Query all = Query.of(Selection.of(new Selection.Key.All()), 1_000);
            List<Long> positions = LongStream.rangeClosed(1, 1_000).boxed().toList();

            assertThatThrownBy(() -> store.index().find(all))
                    .isInstanceOf(LogUnavailableException.class);
            assertThatThrownBy(() -> store.index().at(positions))
                    .isInstanceOf(LogUnavailableException.class);
        }
    }

    /** An event whose id cannot be looked up may be there already. */
    @Test
    void shouldStoreNothingTwiceWhoseIdCannotBeRead() throws IOException {
        try (EventStore store = Stores.open(directory, InstantSource.system())) {
            store.log().append(events());
            store.flush();
        }
        damage(tableOf("ids"));
        try (EventStore store = Stores.open(directory, InstantSource.system())) {
            assertThatThrownBy(() -> store.log().append(events()))
                    .isInstanceOf(LogUnavailableException.class);
            assertThat(store.log().lastPosition()).isEqualTo(1_000);
        }
    }

    private static OpenDoorsFixture shown(EventStore store) {
        return OpenDoorsFixture.open(
                Map.of(), (doors, monitoring) -> StoreMonitoring.create(monitoring).show(store));
    }

    private static int status(OpenDoorsFixture doors, String path) {
        return doors.http.get(path).statusCode();
    }

    private static JsonNode condition(OpenDoorsFixture doors, int status) {
        var answer = doors.http.get("/health/store");
        assertThat(answer.statusCode()).isEqualTo(status);
        return Http.json(answer).path("checks").path(0).path("data");
    }

    private static List<AuditEvent> events() {
        Random random = new Random(1);
        return IntStream.range(0, 1_000)
                .mapToObj(
                        i ->
                                AuditEvent.builder("s", "t")
                                        .id("e" + i)
                                        .message(incompressible(random))
                                        .build())
                .toList();
    }

    /** So that the table of events is the largest, and has its end far from its beginning. */
    private static String incompressible(Random random) {
        return random.ints(500, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private Path largestTable() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private Path tableOf(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .filter(file -> contents(file).contains(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A table names its family among its properties. */
    private static String contents(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void damage(Path table) throws IOException {
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length / 2] ^= 1;
        Files.write(table, bytes);
    }
}
