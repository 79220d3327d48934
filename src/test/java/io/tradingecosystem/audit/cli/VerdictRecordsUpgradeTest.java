package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.scenario.VerdictReplay;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Page;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Question;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.Projection;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Verdicts that were kept as JSON, with a record for each id and timer, are read and go on. */
class VerdictRecordsUpgradeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Instant START = Instant.parse("2026-11-29T19:01:42.100Z");

    @TempDir private Path folder;
    private OlderLog log;

    @BeforeEach
    void unpack() throws IOException {
        log = OlderLog.unpack("verdict-records-2.zip", folder, START);
    }

    private static VerdictStoreReader reader(EventStore store) {
        return new VerdictStoreReader(projection(store), store.index());
    }

    private static Projection projection(EventStore store) {
        return store.projections().projection("scenario");
    }

    private JsonNode old() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("verdicts.json").toFile());
    }

    private static List<Verdict> versions(JsonNode old) {
        List<Verdict> versions = new ArrayList<>();
        old.required("versions").forEach(each -> versions.add(VerdictJson.read(each)));
        return versions;
    }

    @Test
    void shouldReadEveryVersionAsItWas() throws IOException {
        try (EventStore store = log.open()) {
            VerdictStoreReader reader = reader(store);
            for (JsonNode each : old()) {
                String id = each.required("id").asText();
                assertThat(reader.verdict(id)).contains(VerdictJson.read(each.required("current")));
                assertThat(reader.versions(id)).isEqualTo(versions(each));
            }
            assertThat(old()).hasSize(60);
            assertThat(reader.all()).hasSize(60);
        }
    }

    @Test
    void shouldFindThemByPagesAndInTheOrderInWhichTheyWereMade() {
        try (EventStore store = log.open()) {
            VerdictStoreReader reader = reader(store);
            assertThat(page(reader, "run-1", "")).isEqualTo(10);
            assertThat(page(reader, "", "filled-once")).isEqualTo(30);
            List<Made> made = reader.madeAfter(0, 1_000);
            assertThat(made).hasSize(57);
            assertThat(reader.madeAfter(made.get(9).sequence(), 5)).isEqualTo(made.subList(10, 15));
        }
    }

    private static int page(VerdictStoreReader reader, String run, String expectation) {
        int found = 0;
        String token = "";
        do {
            Page page = reader.verdicts(new Question(run, expectation, Optional.empty(), 7, token));
            found += page.verdicts().size();
            token = page.nextPageToken();
        } while (!token.isEmpty());
        return found;
    }

    private void run(EventStore store, int maxVerdicts, Consumer<VerdictService> what) {
        var setup =
                new VerdictSetup(
                        "audit",
                        Optional.of(folder.resolve("expectations")),
                        Tolerances.DEFAULT,
                        maxVerdicts);
        try (VerdictService service =
                VerdictService.create(store.store(), setup, VerdictObserver.NONE, log.time())) {
            service.start();
            store.log().append(List.of(filled(26), filled(27), filled(28)));
            log.jump(Duration.ofMinutes(2));
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    service.statistics().behind() == 0
                                            && service.statistics().open() == 0
                                            && service.verdicts().all().stream()
                                                    .allMatch(Verdict::isFinal));
            what.accept(service);
        }
    }

    private AuditEvent filled(int number) {
        return AuditEvent.builder("desk", "order.filled")
                .id("order.filled-" + number)
                .occurredAt(START.minusMillis(400))
                .attribute("order_id", "order-" + number)
                .build();
    }

    @Test
    void shouldGoOnWithWhatWasOpenAndKeepWhatWasNot() throws IOException {
        try (EventStore store = log.open()) {
            run(
                    store,
                    100_000,
                    service -> {
                        VerdictStoreReader now = service.verdicts();
                        assertThat(now.all()).hasSize(60);
                        assertThat(now.all())
                                .filteredOn(each -> each.expectation().equals("filled"))
                                .filteredOn(each -> each.triggerId().equals("order.placed-27"))
                                .extracting(Verdict::status)
                                .containsExactly(Status.PASSED);
                    });
            for (JsonNode each : old()) {
                List<Verdict> before = versions(each);
                before.removeIf(version -> !version.isFinal());
                assertThat(reader(store).versions(each.required("id").asText()))
                        .as(each.toString())
                        .containsAll(before);
            }
            Replay.Outcome again = VerdictReplay.compare(store.store(), Tolerances.DEFAULT);
            assertThat(again.differences()).isEmpty();
            assertThat(again.notComparable()).isEqualTo(60);
        }
    }

    @Test
    void shouldLeaveNothingBehindOfWhatIsNotKept() {
        try (EventStore store = log.open()) {
            run(store, 1, service -> assertThat(service.verdicts().all()).hasSize(1));
            String left = reader(store).all().getFirst().id();
            for (char list : new char[] {'n', 'e', 'c'}) {
                assertThat(ids(store, list)).as("table %s", list).allMatch(left::equals);
            }
            assertThat(count(store, 'w')).isEqualTo(1);
            assertThat(count(store, 'v')).isLessThanOrEqualTo(1);
            assertThat(count(store, 'T')).isEqualTo(1);
            assertThat(count(store, 'Q')).as("the older order").isZero();
            assertThat(count(store, 't')).as("timers").isZero();
        }
    }

    private static List<String> ids(EventStore store, char list) {
        List<String> ids = new ArrayList<>();
        projection(store)
                .scan(
                        list,
                        (key, block) -> {
                            IdBlock.read(VerdictKeys.opened(key), block)
                                    .forEach(each -> ids.add(each.verdictId()));
                            return true;
                        });
        return ids;
    }

    private static int count(EventStore store, char table) {
        int[] count = {0};
        projection(store).scan(table, (key, value) -> ++count[0] > 0);
        return count[0];
    }
}
