package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.correlation.LinkReplay;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.VerdictReplay;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.Selection;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A log in which keys were told apart by their spelling, as {@code upgrade/README.md} tells of it.
 */
class SpelledKeysUpgradeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Instant START = Instant.parse("2026-11-29T22:40:00Z");

    @TempDir private Path folder;
    private OlderLog log;

    @BeforeEach
    void unpack() throws IOException {
        log = OlderLog.unpack("spelled-keys-3.zip", folder, START);
    }

    private static List<String> found(EventStore store, String order) {
        var key = new Selection.Key.Business("order_id", order);
        return store.index().find(Query.of(Selection.of(key), 10)).events().stream()
                .map(AuditEvent::id)
                .toList();
    }

    private AuditEvent filled(String id, long order) {
        return AuditEvent.builder("desk", "order.filled")
                .id(id)
                .occurredAt(log.time().now())
                .attribute("order_id", order)
                .build();
    }

    @Test
    void shouldFindWhatStandsUnderAnotherSpelling() {
        for (int opened = 0; opened < 2; opened++) {
            try (EventStore store = log.open()) {
                for (String asked : List.of("17", "17.0")) {
                    assertThat(found(store, asked))
                            .containsExactlyInAnyOrder(
                                    "placed-whole", "placed-real", "placed-text");
                }
                assertThat(found(store, "17.50")).containsExactly("placed-tail");
                assertThat(found(store, "12345e07")).containsExactly("placed-power");
                assertThat(found(store, "0.50")).containsExactly("placed-half");
                assertThat(found(store, "9007199254740993")).containsExactly("placed-big");
                assertThat(found(store, "9007199254740992")).isEmpty();
                assertThat(found(store, "O-1")).contains("placed-name", "filled-name");
            }
        }
    }

    @Test
    void shouldFindOldAndNewOnceEach() {
        try (EventStore store = log.open()) {
            store.log().append(List.of(filled("filled-17", 17)));

            assertThat(found(store, "1.7e1"))
                    .containsExactlyInAnyOrder(
                            "placed-whole", "placed-real", "placed-text", "filled-17");
        }
    }

    @Test
    void shouldJoinWhatWasRememberedAndWatched() {
        try (EventStore store = log.open()) {
            run(store);
            assertThat(LinkReplay.compare(store.store(), LinkBounds.DEFAULT).differences())
                    .isEmpty();
            assertThat(VerdictReplay.compare(store.store(), Tolerances.DEFAULT).differences())
                    .isEmpty();
        }
    }

    private void run(EventStore store) {
        var linking =
                new LinkSetup("audit", Optional.of(folder.resolve("rules")), LinkBounds.DEFAULT);
        var judging =
                new VerdictSetup(
                        "audit",
                        Optional.of(folder.resolve("expectations")),
                        Tolerances.DEFAULT,
                        100_000);
        try (LinkService links =
                        LinkService.create(
                                store.store(), linking, (rule, after) -> {}, log.time());
                VerdictService verdicts =
                        VerdictService.create(
                                store.store(), judging, VerdictObserver.NONE, log.time())) {
            links.start();
            verdicts.start();
            store.log().append(List.of(filled("filled-17", 17)));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(causes(links))
                                            .contains(
                                                    "placed-whole", "placed-real", "placed-text"));
            log.jump(Duration.ofHours(11));
            await().atMost(PATIENCE)
                    .until(() -> verdicts.verdicts().all().stream().allMatch(Verdict::isFinal));
            assertThat(passed(verdicts))
                    .containsExactlyInAnyOrder(
                            "placed-whole", "placed-real", "placed-text", "placed-name");
        }
    }

    private static List<String> causes(LinkService links) {
        return links.list(LinkQuery.any(100)).links().stream()
                .filter(link -> link.effectId().equals("filled-17"))
                .map(link -> link.causeId())
                .toList();
    }

    private static List<String> passed(VerdictService verdicts) {
        return verdicts.verdicts().all().stream()
                .filter(verdict -> verdict.status() == Status.PASSED)
                .map(Verdict::triggerId)
                .toList();
    }
}
