package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What silent services leave open is the same live, with restarts, as when it is judged anew. */
class SourceHistoryProperties {

    @Property(tries = 60)
    void shouldSayTheSameLiveAsAnew(@ForAll long seed) {
        Random random = new Random(seed);
        Trial trial = RandomSources.trial(random);
        ManualClock clock = ManualClock.at(Scene.at(-60));
        MemoryStore store = MemoryStore.create(clock, Set.of());
        store.append(List.of(Scene.semantics().toBuilder().occurredAt(Scene.at(-60)).build()));
        Scene.definitions(trial.yaml())
                .forEach(
                        each ->
                                store.append(
                                        List.of(
                                                VerdictEvents.EXPECTATIONS.inForce(
                                                        "test", clock.instant(), each, ""))));
        Referee referee = opened(store, trial);
        for (AuditEvent event : inOrder(trial)) {
            clock.jump(later(Duration.between(clock.instant(), event.recordedAt())));
            store.append(List.of(event));
            if (random.nextInt(3) > 0) {
                follow(referee, store);
                // What was recorded by now may still be on its way.
                referee.expire(clock.instant().plusMillis(random.nextInt(900)));
                referee.commit();
            }
            referee = random.nextInt(8) == 0 ? opened(store, trial) : referee;
        }
        clock.jump(Duration.between(clock.instant(), Scene.at(7_200)));
        follow(referee, store);
        referee.writer().put(VerdictKeys.alive(), alive(clock.instant()));
        referee.expire(clock.instant());
        referee.commit();

        var replayed = VerdictReplay.compare(store.store(), trial.tolerances().ofEngine());
        assertThat(replayed.differences()).as(VerdictModelTest.told(trial)).isEmpty();
        assertThat(said(live(store))).isEqualTo(said(trial.until(Instant.MAX).ofEngine()));
    }

    private static List<AuditEvent> inOrder(Trial trial) {
        return trial.events().stream()
                .sorted(
                        Comparator.comparing(AuditEvent::recordedAt)
                                .thenComparing(AuditEvent::occurredAt)
                                .thenComparing(AuditEvent::id))
                .toList();
    }

    private static Duration later(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static ObjectNode alive(Instant at) {
        return JsonNodeFactory.instance.objectNode().put("at", at.toString());
    }

    private static Referee opened(MemoryStore store, Trial trial) {
        return Referee.of(
                store.projection("scenario"),
                store,
                trial.tolerances().ofEngine(),
                VerdictBounds.DEFAULT.withMaxVerdicts(1_000));
    }

    private static void follow(Referee referee, MemoryStore store) {
        store.read(referee.writer().position(), 1_000).forEach(referee::accept);
        referee.commit();
    }

    private static List<Verdict> live(MemoryStore store) {
        return new VerdictStoreReader(store.projection("scenario"), store)
                .verdicts(new VerdictStoreReader.Question("", "", Optional.empty(), 1_000, ""))
                .verdicts();
    }

    private static List<String> said(List<Verdict> verdicts) {
        return verdicts.stream()
                .sorted(Comparator.comparing(Verdict::id))
                .map(SourceHistoryProperties::inTheEnd)
                .toList();
    }

    private static String inTheEnd(Verdict verdict) {
        ObjectNode json = VerdictJson.write(verdict);
        json.remove(List.of("version", "late_by", "decided_at"));
        return json.toString();
    }
}
