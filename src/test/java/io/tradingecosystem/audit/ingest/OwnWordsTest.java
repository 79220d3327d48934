package io.tradingecosystem.audit.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What only the correlator says, at every door. */
class OwnWordsTest {
    private final MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());
    private final Intake intake =
            Intake.create(
                    TestSettings.of(Map.of()).ingest(), store, IntakeObserver.NONE, Time.system());

    private static Candidate event(String type, String id) {
        return new Candidate.Draft(AuditEvent.builder("audit-correlator", type).id(id));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseThemAndStoreTheRestOfTheRequest(Door door) {
        List<Candidate> batch = new ArrayList<>();
        OwnWords.TYPES.forEach(type -> batch.add(event(type, type)));
        batch.add(event("order.placed", OwnWords.id("verdict-1-v1")));
        batch.add(event("audit.report", "a"));

        intake.take(door, batch);

        assertThat(store.read(0, 100)).extracting(AuditEvent::type).containsExactly("audit.report");
        assertThat(intake.ledger().entries())
                .singleElement()
                .satisfies(
                        entry ->
                                assertThat(entry.rejected())
                                        .containsExactlyInAnyOrderEntriesOf(
                                                Map.of(
                                                        "RESERVED_TYPE",
                                                        (long) OwnWords.TYPES.size(),
                                                        "RESERVED_ID",
                                                        1L)));
    }
}
