package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Own events where somebody took their ids in advance, as doors of older versions let him. */
class OwnAppendTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final int MANY = 20_000;

    private final MemoryStore store = MemoryStore.create(ManualClock.at(START), Set.of());
    private final AuditEvent own =
            AuditEvent.own("audit", OwnWords.GAP)
                    .id(OwnWords.id("gap"))
                    .occurredAt(START)
                    .attribute("reason", "away")
                    .build();

    @BeforeEach
    void open() {
        store.append(List.of(taken(own.id())));
    }

    private AuditEvent taken(String id) {
        return own.toBuilder().id(id).author(Author.DOOR).type("order.placed").build();
    }

    private void take(int from, int to) {
        store.append(
                IntStream.rangeClosed(from, to)
                        .mapToObj(number -> taken(OwnWords.nextId(own.id(), number)))
                        .toList());
    }

    private OwnOutcome append() {
        return OwnAppend.to(store, List.of(own)).getFirst();
    }

    @Test
    void shouldTakeTheNextIdThatIsFreeAndSayItOnce() {
        take(2, 15);

        OwnOutcome first = append();
        OwnOutcome again = append();

        assertThat(first.id()).isEqualTo(own.id() + "~16");
        assertThat(first.isNew()).isTrue();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.isNew()).isFalse();
    }

    @Test
    void shouldNotGoThroughAllIdsThatAreTaken() {
        take(2, MANY);

        OwnOutcome outcome = append();

        assertThat(outcome.isNew()).isTrue();
        assertThat(outcome.id())
                .startsWith(own.id() + "~")
                .isNotEqualTo(own.id() + "~" + (MANY + 1));
        assertThat(store.byId(outcome.id()).orElseThrow().author()).isEqualTo(Author.OWN);
        assertThat(append().id()).isNotEqualTo(outcome.id());
    }
}
