package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A log in which somebody took the ids that the correlator gives, as older doors let him. */
class TakenIdsTest {
    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("depeg.yaml"), Scene.DEPEG);
    }

    /** What the correlator says of a run whose alert comes. */
    private List<AuditEvent> said(MemoryStore store, ManualClock clock) {
        try (VerdictService verdicts =
                VerdictService.create(
                        store.store(),
                        new VerdictSetup(
                                "audit",
                                Optional.of(folder),
                                Scene.EXACT,
                                VerdictBounds.DEFAULT,
                                AlertPolicy.DEFAULT),
                        verdict -> {},
                        new Time(clock, System::nanoTime))) {
            verdicts.start();
            store.append(List.of(Scene.injected("t", 0, "s1"), Scene.alert("a", 5, "s1")));
            await().until(() -> !own(store, VerdictEvents.VERDICT).isEmpty());
            await().until(() -> verdicts.progress().now().behind() == 0);
        }
        return own(store);
    }

    private static List<AuditEvent> own(MemoryStore store) {
        return store.read(0, 1_000).stream().filter(event -> event.author() == Author.OWN).toList();
    }

    private static List<AuditEvent> own(MemoryStore store, String type) {
        return own(store).stream().filter(event -> event.type().equals(type)).toList();
    }

    private List<AuditEvent> undisturbed() {
        ManualClock clock = ManualClock.at(Scene.START);
        return said(MemoryStore.create(clock, Set.of()), clock);
    }

    private static AuditEvent forged(AuditEvent event, Author author) {
        return event.toBuilder()
                .position(0)
                .author(author)
                .attribute("status", "PASSED for sure")
                .attribute("definition", "{}")
                .build();
    }

    @ParameterizedTest
    @CsvSource({"DOOR,true", "DOOR,false", "UNPROVEN,true"})
    void shouldSayTheSameUnderOtherIds(Author author, boolean sameType) {
        List<AuditEvent> expected = undisturbed();
        ManualClock clock = ManualClock.at(Scene.START);
        MemoryStore store = MemoryStore.create(clock, Set.of());
        expected.stream()
                .map(event -> forged(event, author))
                .map(each -> sameType ? each : each.toBuilder().type("order.placed").build())
                .forEach(event -> store.append(List.of(event)));

        List<AuditEvent> said;
        try (CapturedLog log = CapturedLog.of(MemoryStore.class.getPackage())) {
            said = said(store, clock);
            assertThat(log.lines("own.id.taken")).hasSameSizeAs(expected);
        }

        assertThat(said)
                .extracting(AuditEvent::id, AuditEvent::type, AuditEvent::message)
                .containsExactlyElementsOf(
                        expected.stream()
                                .map(
                                        each ->
                                                tuple(
                                                        OwnWords.nextId(each.id(), 2),
                                                        each.type(),
                                                        each.message()))
                                .toList());
        // Whoever starts again says nothing twice.
        assertThat(said(store, clock)).isEqualTo(said);
    }

    @Test
    void shouldNotTakeAForgeryUnderAFormerIdForTheVerdict() {
        assertThat(published(each -> forged(each, Author.UNPROVEN))).hasSize(1);
    }

    @Test
    void shouldNotSayAgainWhatAVersionBeforeHasSaid() {
        assertThat(published(each -> each.toBuilder().author(Author.UNPROVEN).build())).isEmpty();
    }

    /** The verdicts that are written where there is one under the id of a version before. */
    private List<AuditEvent> published(UnaryOperator<AuditEvent> change) {
        AuditEvent verdict =
                undisturbed().stream()
                        .filter(event -> event.type().equals(VerdictEvents.VERDICT))
                        .findFirst()
                        .orElseThrow();
        String former = OwnWords.formerId(verdict.id());
        ManualClock clock = ManualClock.at(Scene.START);
        MemoryStore store = MemoryStore.create(clock, Set.of());
        store.append(List.of(change.apply(verdict.toBuilder().id(former).position(0).build())));
        try (VerdictService verdicts =
                VerdictService.create(
                        store.store(),
                        new VerdictSetup(
                                "audit",
                                Optional.of(folder),
                                Scene.EXACT,
                                VerdictBounds.DEFAULT,
                                AlertPolicy.DEFAULT),
                        made -> {},
                        new Time(clock, System::nanoTime))) {
            verdicts.start();
            store.append(List.of(Scene.injected("t", 0, "s1"), Scene.alert("a", 5, "s1")));
            await().until(() -> verdicts.statistics().made() > 0);
            // One that is made later is written later.
            clock.jump(Duration.ofSeconds(1));
            store.append(List.of(Scene.injected("t2", 1, "s2"), Scene.alert("a2", 6, "s2")));
            await().until(() -> !own(store, VerdictEvents.VERDICT).isEmpty());
            await().until(() -> verdicts.statistics().made() > 1);
        }
        return own(store, VerdictEvents.VERDICT).stream()
                .filter(event -> event.causeId().equals("t"))
                .toList();
    }
}
