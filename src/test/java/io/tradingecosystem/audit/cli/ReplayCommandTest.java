package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.Recording;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class ReplayCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CommandLine line = new CommandLine();
    @TempDir private Path folder;

    /** A log of runs that came in out of order, with a restart, linked and judged as they came. */
    @BeforeEach
    void live() throws IOException {
        List<AuditEvent> events = new ArrayList<>();
        for (String run : List.of("depeg", "market-crash", "settlement-delay")) {
            events.addAll(now(Recording.read(Path.of("src/demo/" + run + ".ndjson"))));
        }
        Collections.shuffle(events, new Random(7));
        int half = events.size() / 2;
        live(events.subList(0, half));
        live(events.subList(half, events.size()));
    }

    /** The same story, ending now. */
    private static List<AuditEvent> now(List<AuditEvent> run) {
        Instant last = run.getLast().occurredAt();
        Duration shift = Duration.between(last, Instant.now());
        return run.stream()
                .map(each -> each.toBuilder().occurredAt(each.occurredAt().plus(shift)).build())
                .toList();
    }

    private EventStore open() {
        return EventStore.open(
                TestSettings.of(Map.of("store.path", folder.toString())).store(),
                StoreObserver.NONE,
                Time.system());
    }

    private void live(List<AuditEvent> events) {
        try (EventStore store = open();
                LinkService links =
                        LinkService.create(
                                store.store(),
                                new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                                (rule, after) -> {},
                                Time.system());
                VerdictService verdicts =
                        VerdictService.create(
                                store.store(),
                                new VerdictSetup(
                                        "audit", Optional.empty(), Tolerances.DEFAULT, 1_000),
                                VerdictObserver.NONE,
                                Time.system())) {
            links.start();
            verdicts.start();
            events.forEach(event -> store.log().append(List.of(event)));
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    links.statistics().behind() == 0
                                            && verdicts.statistics().behind() == 0);
        }
    }

    private int replay() {
        return line.run("replay", "--data", folder.toString());
    }

    private String said() {
        return line.out();
    }

    @Test
    void shouldFindTheSameLinksAndVerdictsAgain() {
        assertThat(replay()).as(said()).isZero();
        assertThat(said())
                .containsPattern("links: [1-9][0-9]+ up to position [1-9][0-9]+;")
                .containsPattern("verdicts: [1-9][0-9]* up to")
                .contains("the replay equals what happened live");
    }

    @Test
    void shouldNameALinkThatIsNotTheSame() {
        try (EventStore store = open()) {
            Projection projection = store.projections().projection("correlation");
            byte[][] causes = new byte[1][];
            byte[] table = {'d'};
            projection.scan(
                    table,
                    table,
                    (key, value) -> {
                        causes[0] = key;
                        return false;
                    });
            projection.commit(projection.position(), changes -> changes.delete(causes[0]));
        }

        assertThat(replay()).isEqualTo(1);
        assertThat(said())
                .contains("effects that differ: 1")
                .contains("has links that were not found before")
                .contains("the replay differs");
    }

    @Test
    void shouldRefuseALogThatIsInUse() {
        try (EventStore store = open()) {
            assertThat(replay()).isEqualTo(2);
            assertThat(store.log().lastPosition()).isPositive();
        }
        assertThat(line.err()).contains("in use");
    }
}
