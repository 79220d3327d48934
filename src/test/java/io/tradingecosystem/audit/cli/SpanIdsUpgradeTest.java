package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.store.AppendOutcome;
import io.tradingecosystem.audit.store.EventStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A log of format 1, in which ids of spans stood as texts, as {@code upgrade/README.md} tells of
 * it.
 */
class SpanIdsUpgradeTest {
    private static final Instant START = Instant.parse("2026-11-30T02:10:00Z");
    private static final int OLD_EVENTS = 27;
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = TRACE + "-b7ad6b7169203331";

    @TempDir private Path folder;
    private OlderLog log;

    @BeforeEach
    void unpack() throws IOException {
        log = OlderLog.unpack("span-ids-4.zip", folder, START);
    }

    @Test
    void shouldReadAllThatItHas() throws IOException {
        JsonNode old = new ObjectMapper().readTree(folder.resolve("events.json").toFile());
        try (EventStore store = log.open()) {
            assertThat(old.required("events")).hasSize(OLD_EVENTS);
            for (JsonNode each : old.required("events")) {
                AuditEvent event = byId(store, each.required("id").textValue());

                assertThat(event.position()).isEqualTo(each.required("position").longValue());
                assertThat(event.type()).isEqualTo(each.required("type").textValue());
                assertThat(event.occurredAt()).isEqualTo(each.required("occurred_at").textValue());
                assertThat(event.author() == Author.UNPROVEN)
                        .isEqualTo(event.type().startsWith("audit."));
            }
            assertThat(store.index().byIds(List.of("none", SPAN, "order-1")))
                    .containsExactly(
                            Optional.empty(),
                            Optional.of(byId(store, SPAN)),
                            Optional.of(byId(store, "order-1")));
            assertThat(byId(store, TRACE + "-b7ad6b7169203332").links())
                    .containsExactly(
                            new SpanLink("0af7651916cd43dd8448eb211c80319d", "b7ad6b7169203333"));
        }
    }

    @Test
    void shouldKnowAgainWhatItHasWhicheverKeyItStandsUnder() {
        AuditEvent fresh = again("").id(TRACE + "-b7ad6b7169203335").build();
        for (int opened = 0; opened < 3; opened++) {
            try (EventStore store = log.open()) {
                assertThat(append(store, fresh))
                        .isEqualTo(
                                opened == 0
                                        ? new AppendOutcome.Stored(OLD_EVENTS + 1)
                                        : new AppendOutcome.Duplicate(OLD_EVENTS + 1));
                for (String id : List.of(SPAN, SPAN + "-0", "order-1", fresh.id())) {
                    AuditEvent known = byId(store, id);

                    assertThat(append(store, known))
                            .isEqualTo(new AppendOutcome.Duplicate(known.position()));
                    assertThat(append(store, again("other").id(id).build()))
                            .isEqualTo(new AppendOutcome.Conflict(known.position()));
                }
            }
        }
    }

    @Test
    void shouldNotLetTheOlderVersionOpenItAnyMore() {
        log.open().close();

        assertThat(folder.resolve("log/FORMAT")).hasContent("audit-log 3");
    }

    private static AuditEventBuilder again(String message) {
        return AuditEvent.builder("s", "t").occurredAt(START).message(message);
    }

    private static AppendOutcome append(EventStore store, AuditEvent event) {
        return store.log().append(List.of(event)).getFirst();
    }

    private static AuditEvent byId(EventStore store, String id) {
        return store.index().byId(id).orElseThrow();
    }
}
