package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** At volume, live, anew and at once say what the model says, or which bound kept them from it. */
class VerdictVolumeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EVENTS = Integer.getInteger("test.volume", 8_000);
    private static final int BATCH = 250;
    private static final int WAIT_EVERY = 4_000;
    private static final List<String> BOUNDS =
            List.of("SEARCH_BUDGET", "DEFINED_LATER", "EVICTED", "MAX_WINDOWS");
    private static final ModelTolerances TOLERANCES =
            ModelTolerances.of(Duration.ofSeconds(10), Duration.ofMillis(100));

    private final ManualClock clock = ManualClock.at(Scene.START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of("order", "account", "flow"));
    private final VerdictStoreReader reader =
            new VerdictStoreReader(store.projection(VerdictService.PROJECTION), store);
    @TempDir private Path folder;

    @Test
    void shouldSayLiveAnewAndAtOnceWhatTheModelSays() throws IOException {
        Files.writeString(folder.resolve("volume.yaml"), VolumeRecording.EXPECTATIONS);
        List<AuditEvent> recording = VolumeRecording.of(1, EVENTS);

        try (VerdictService service = started()) {
            take(recording, service);
            untilAllIsOver(service);
        }

        List<Definition<Expectation>> definitions = Scene.definitions(VolumeRecording.EXPECTATIONS);
        List<AuditEvent> log = recorded();
        List<ModelVerdict> wanted =
                VerdictModel.judge(
                        definitions.stream().map(Definition::content).toList(),
                        log,
                        TOLERANCES,
                        Instant.MAX);
        shouldAgree(wanted, reader.all());
        shouldAgree(
                wanted,
                OfflineVerdicts.verifyWith(
                                definitions, log, TOLERANCES.ofEngine(), Optional.of(Instant.MAX))
                        .verdicts());
        assertThat(VerdictReplay.compare(store.store(), TOLERANCES.ofEngine()).differences())
                .isEmpty();
        shouldTellNothingTwiceNorGoBackInTime();
    }

    private VerdictService started() {
        var setup =
                new VerdictSetup("audit", Optional.of(folder), TOLERANCES.ofEngine(), 1_000_000);
        VerdictService service =
                VerdictService.create(
                        store.store(), setup, verdict -> {}, new Time(clock, System::nanoTime));
        service.start();
        return service;
    }

    /** Appends batch after batch, each when it was recorded, never far ahead of the referee. */
    private void take(List<AuditEvent> recording, VerdictService service) {
        for (int from = 0; from < recording.size(); from += BATCH) {
            List<AuditEvent> batch =
                    recording.subList(from, Math.min(from + BATCH, recording.size()));
            clock.jump(Duration.between(clock.instant(), batch.getLast().recordedAt()));
            store.append(batch);
            if (from % WAIT_EVERY == 0) {
                long position = store.lastPosition();
                await().atMost(PATIENCE).until(() -> service.statistics().position() >= position);
            }
        }
    }

    private void untilAllIsOver(VerdictService service) {
        clock.jump(Duration.ofHours(1));
        await().atMost(PATIENCE).until(() -> service.statistics().open() == 0);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> reader.all().stream().allMatch(Verdict::isFinal));
    }

    /** All that was told, as it was recorded, without what the referee itself says. */
    private List<AuditEvent> recorded() {
        Set<String> own = Set.of(VerdictEvents.VERDICT, VerdictEvents.EXPECTATION);
        return store.read(0, Integer.MAX_VALUE).stream()
                .filter(event -> !own.contains(event.type()))
                .toList();
    }

    private static void shouldAgree(List<ModelVerdict> wanted, List<Verdict> verdicts) {
        Set<String> bounded = new HashSet<>();
        List<Verdict> certain = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (namesABound(verdict)) {
                bounded.add(verdict.expectation() + verdict.triggerId());
            } else {
                certain.add(verdict);
            }
        }
        List<ModelVerdict> comparable =
                wanted.stream()
                        .filter(each -> !bounded.contains(each.expectation() + each.trigger()))
                        .toList();
        assertThat(Trial.differences(comparable, certain)).isEmpty();
        // The bounds are set for more than this.
        assertThat(bounded).hasSizeLessThan(wanted.size() / 100);
    }

    private static boolean namesABound(Verdict verdict) {
        return verdict.status() == Status.INCONCLUSIVE
                && BOUNDS.stream().anyMatch(verdict.reason()::contains);
    }

    private void shouldTellNothingTwiceNorGoBackInTime() {
        Map<String, Verdict> last = new HashMap<>();
        for (VerdictStoreReader.Made each : reader.madeAfter(0, Integer.MAX_VALUE)) {
            Verdict verdict = each.verdict();
            Verdict before = last.put(verdict.id(), verdict);
            if (before != null) {
                assertThat(verdict.decidedAt()).isAfterOrEqualTo(before.decidedAt());
                assertThat(verdict.status() != before.status() || verdict.isFinal())
                        .as("%s after %s", verdict, before)
                        .isTrue();
            }
        }
        assertThat(last).hasSameSizeAs(reader.all());
    }
}
