package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.correlation.LinkReplay;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.EventStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A log of format 2, which had a key of its own for each event of a span and for each effect of a
 * parent, as {@code upgrade/README.md} tells of it.
 */
class SingleKeysUpgradeTest {
    private static final Instant START = Instant.parse("2026-11-30T05:10:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4701";
    private static final String PARENT = TRACE + "-0000000000000001";
    private static final String OWN = "4bf92f3577b34da6a3ce929d0e0e4702-000000000000000";
    private static final String SHARED = "4bf92f3577b34da6a3ce929d0e0e4703-000000000000000";
    private static final LinkSetup SETUP =
            new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT);

    /** For a span with several events stood the first; now the first of the effect's service. */
    private static final Map<String, String> OF_OWN_SERVICE =
            Map.of(
                    SHARED + "7>" + SHARED + "8",
                    SHARED + "7-server>" + SHARED + "8",
                    "own-1>" + OWN + "2",
                    OWN + "1>" + OWN + "2");

    @TempDir private Path folder;
    private OlderLog log;
    private List<String> links;

    @BeforeEach
    void unpack() throws IOException {
        log = OlderLog.unpack("single-keys-5.zip", folder, START);
        JsonNode old = new ObjectMapper().readTree(folder.resolve("links.json").toFile());
        links =
                StreamSupport.stream(old.required("links").spliterator(), false)
                        .map(
                                link ->
                                        link.required("cause_id").textValue()
                                                + ">"
                                                + link.required("effect_id").textValue())
                        .map(link -> OF_OWN_SERVICE.getOrDefault(link, link))
                        .toList();
    }

    @Test
    void shouldHaveTheLinksThatItHadAndFindMore() {
        List<String> more = new ArrayList<>(List.of(PARENT + ">new"));
        more.addAll(links);
        try (EventStore store = log.open();
                LinkService service =
                        LinkService.create(store.store(), SETUP, (rule, after) -> {}, log.time())) {
            assertThat(pairs(service)).isEqualTo(links);
            assertThat(watched(service)).containsExactlyInAnyOrderElementsOf(links);

            service.start();
            store.log().append(List.of(child("new", 1)));
            await().atMost(PATIENCE).until(() -> service.statistics().behind() == 0);

            assertThat(pairs(service)).isEqualTo(more);
            assertThat(watched(service)).containsExactlyInAnyOrderElementsOf(more);
        }
        try (EventStore store = log.open()) {
            Replay.Outcome outcome = LinkReplay.compare(store.store(), LinkBounds.DEFAULT);
            assertThat(outcome.differences()).isEmpty();
            // A link kept with its effect is of semantics 5; those of spans follow from each event.
            assertThat(outcome.notComparable()).isEqualTo(1);
            assertThat(outcome.compared()).isEqualTo(more.size() - 1);
        }
    }

    private static AuditEvent child(String id, int parent) {
        return AuditEvent.builder("desk", "desk.note")
                .id(id)
                .occurredAt(START)
                .traceId(TRACE)
                .spanId("%016x".formatted(99))
                .parentSpanId("%016x".formatted(parent))
                .build();
    }

    private static List<String> pairs(LinkService service) {
        LinkQuery all = LinkQuery.any(LinkQuery.MAX_ON_PAGE);
        return service.list(all).links().stream().map(SingleKeysUpgradeTest::pair).toList();
    }

    private static List<String> watched(LinkService service) {
        return service.linksAfter(0, 1_000).links().stream()
                .map(found -> pair(found.link()))
                .toList();
    }

    private static String pair(Link link) {
        return link.causeId() + ">" + link.effectId();
    }
}
