package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.api.events.StoreMonitoring;
import io.tradingecosystem.audit.monitoring.Conditions;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

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
        DamagedDirectory.fill(directory);
        DamagedDirectory.damage(DamagedDirectory.largestTable(directory));
        try (EventStore store = Stores.open(directory, InstantSource.system());
                OpenDoorsFixture doors = shown(store)) {
            assertThat(condition(doors, 200).has("damage")).isFalse();

            Damage damage = DamagedEventsTest.firstDamage(store.log());

            assertThat(condition(doors, 503).path("damage").asText()).startsWith(damage.place());
            assertThat(doors.http.get("/metrics").body())
                    .contains("audit_store_damaged 1.0")
                    .contains(
                            "audit_store_damaged_events "
                                    + (damage.to() - damage.from() + 1)
                                    + ".0");
            doors.monitoring.health().check();
            assertThat(status(doors, "/health")).isEqualTo(200);
        }
    }

    @Test
    void shouldFindDamageBeforeAnybodyNeedsWhatIsDamaged() throws IOException {
        DamagedDirectory.fill(directory);
        Path table = DamagedDirectory.tableOf(directory, "ids");
        DamagedDirectory.damage(table);
        try (EventStore store = Stores.open(directory, InstantSource.system());
                OpenDoorsFixture doors = shown(store)) {
            for (int file = 0; file < 10; file++) {
                store.sweep();
            }

            assertThat(condition(doors, 503).path("damage").asText())
                    .startsWith(table.getFileName() + ": ");
        }
    }

    @Test
    void shouldLeaveNothingOutOfAPageThatCannotBeRead() throws IOException {
        DamagedDirectory.fill(directory);
        DamagedDirectory.damage(DamagedDirectory.largestTable(directory));
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
        DamagedDirectory.fill(directory);
        DamagedDirectory.damage(DamagedDirectory.tableOf(directory, "ids"));
        try (EventStore store = Stores.open(directory, InstantSource.system())) {
            assertThatThrownBy(() -> store.log().append(DamagedDirectory.events()))
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
}
