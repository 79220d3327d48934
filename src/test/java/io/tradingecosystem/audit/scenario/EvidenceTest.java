package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What a verdict was made of says the same elsewhere. */
class EvidenceTest {
    private static final Instant END = Scene.at(7_200);

    /** A log that was judged. */
    private record Judged(MemoryStore store, Tolerances tolerances) {
        List<Verdict> verdicts() {
            return new VerdictStoreReader(store.projection("scenario"), store).all();
        }

        byte[] bundle(String verdictId) {
            var setup =
                    new VerdictSetup(
                            "test",
                            Optional.empty(),
                            tolerances,
                            VerdictBounds.DEFAULT,
                            AlertPolicy.DEFAULT,
                            EventAliases.NONE,
                            Map.of());
            return new EvidenceCollector(store.store(), setup)
                    .collect(verdictId)
                    .map(EvidenceText::write)
                    .orElseThrow();
        }
    }

    private static Judged judged(String yaml, List<AuditEvent> events, Tolerances tolerances) {
        ManualClock clock = ManualClock.at(Scene.at(-60));
        MemoryStore store = MemoryStore.create(clock, Set.of());
        store.append(List.of(Scene.semantics().toBuilder().occurredAt(clock.instant()).build()));
        for (Definition<Expectation> each : Scene.definitions(yaml)) {
            store.append(
                    List.of(VerdictEvents.EXPECTATIONS.inForce("test", clock.instant(), each, "")));
        }
        for (AuditEvent event : inOrder(events)) {
            Duration later = Duration.between(clock.instant(), event.recordedAt());
            clock.jump(later.isNegative() ? Duration.ZERO : later);
            store.append(List.of(event));
        }
        Referee referee =
                Referee.of(store.projection("scenario"), store, tolerances, VerdictBounds.DEFAULT);
        store.read(0, 10_000).forEach(referee::accept);
        referee.expire(END);
        referee.commit();
        return new Judged(store, tolerances);
    }

    private static List<AuditEvent> inOrder(List<AuditEvent> events) {
        return events.stream()
                .sorted(
                        Comparator.comparing(AuditEvent::recordedAt)
                                .thenComparing(AuditEvent::occurredAt)
                                .thenComparing(AuditEvent::id))
                .toList();
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void shouldJudgeTheSameOfABundle(@ForAll long seed) {
        Random random = new Random(seed);
        Trial trial =
                random.nextBoolean() ? RandomTrial.complete(random) : RandomSources.trial(random);
        Judged judged = judged(trial.yaml(), trial.events(), trial.tolerances().ofEngine());

        for (Verdict verdict : judged.verdicts()) {
            var outcome =
                    EvidenceJudge.judge(EvidenceText.read(judged.bundle(verdict.id()), "b"), "b");

            assertThat(outcome.differences()).as(VerdictModelTest.told(trial)).isEmpty();
            assertThat(outcome.again().orElseThrow().status()).isEqualTo(verdict.status());
        }
    }

    private static Judged depeg() {
        return judged(
                Scene.DEPEG,
                List.of(
                        Scene.injected("t", 0, "s").stored(0, Scene.at(0)),
                        Scene.alert("a", 3, "s").stored(0, Scene.at(3)),
                        Scene.alert("other", 900, "s").stored(0, Scene.at(900))),
                Scene.EXACT);
    }

    private static byte[] bundle() {
        Judged judged = depeg();
        return judged.bundle(judged.verdicts().getFirst().id());
    }

    @Test
    void shouldWriteTheSameBytesAgainAndNoMoreThanMatters() {
        Judged judged = depeg();
        String id = judged.verdicts().getFirst().id();
        String text = new String(judged.bundle(id), StandardCharsets.UTF_8);

        assertThat(judged.bundle(id)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(text)
                .contains("\"t\"", "\"a\"", "audit.expectation")
                .doesNotContain("\"other\"");
    }

    @Test
    void shouldSayWhenAnEventWasChanged() {
        byte[] changed =
                new String(bundle(), StandardCharsets.UTF_8)
                        .replace("risk.alert.raised", "risk.alert.razed")
                        .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EvidenceText.read(changed, "b.ndjson"))
                .isInstanceOf(InvalidRecordingException.class)
                .hasMessageContaining("b.ndjson: is not whole");
    }

    @Test
    void shouldRefuseWhatWasCutAnywhere() {
        byte[] whole = bundle();
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);

            assertThatThrownBy(() -> EvidenceText.read(cut, "b"))
                    .isInstanceOf(InvalidRecordingException.class);
        }
    }

    @Test
    void shouldTellAVerdictThatItsEventsDoNotGive() {
        EvidenceBundle bundle = EvidenceText.read(bundle(), "b");
        List<AuditEvent> without =
                bundle.events().stream().filter(each -> !each.id().equals("a")).toList();
        EvidenceBundle forged =
                new EvidenceBundle(
                        bundle.verdict(),
                        bundle.settings(),
                        bundle.semantics(),
                        bundle.log(),
                        without,
                        List.of());

        var outcome = EvidenceJudge.judge(forged, "b");

        assertThat(outcome.again().orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(outcome.differences()).isNotEmpty();
    }

    @Test
    void shouldRefuseOtherSemantics() {
        EvidenceBundle bundle = EvidenceText.read(bundle(), "b");
        EvidenceBundle old =
                new EvidenceBundle(
                        bundle.verdict(),
                        bundle.settings(),
                        1,
                        bundle.log(),
                        bundle.events(),
                        List.of());

        assertThatThrownBy(() -> EvidenceJudge.judge(old, "b"))
                .isInstanceOf(InvalidRecordingException.class)
                .hasMessageContaining("semantics 1");
    }
}
