package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.RecordedLog;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The engine judges only the windows that an event affects, or whose time is up. After each event
 * it stands where the model does, which judges all of them anew.
 */
class AffectedWindowsProperties {

    /** A recording that the referee takes in one by one. */
    private static final class Live {
        private final Trial trial;
        private final List<Expectation> expectations;
        private final RecordedLog log;
        private final Referee referee;
        private final List<AuditEvent> seen = new ArrayList<>();
        private final List<String> differences = new ArrayList<>();
        private Instant now = Instant.EPOCH;

        Live(Trial trial, VerdictBounds bounds) {
            this.trial = trial;
            List<Definition<Expectation>> definitions = Scene.definitions(trial.yaml());
            this.expectations = definitions.stream().map(Definition::content).toList();
            List<AuditEvent> inForce =
                    definitions.stream()
                            .map(
                                    each ->
                                            VerdictEvents.EXPECTATIONS.inForce(
                                                    "test", Instant.EPOCH, each, ""))
                            .toList();
            this.log = RecordedLog.of(inForce, trial.events(), event -> false);
            this.referee =
                    Referee.of(
                            log.store().projection("scenario"),
                            log.store(),
                            trial.tolerances().ofEngine(),
                            bounds);
        }

        List<String> differences() {
            for (AuditEvent event : log.store().read(0, Integer.MAX_VALUE)) {
                take(event);
            }
            return differences;
        }

        private void take(AuditEvent event) {
            now = Deadlines.later(now, event.recordedAt());
            referee.accept(event);
            referee.expire(now);
            if (event.position() % 2 == 0) {
                referee.commit();
            }
            if (!event.type().equals(VerdictEvents.EXPECTATION)) {
                seen.add(event);
            }
            VerdictModel.judge(expectations, seen, trial.tolerances(), now)
                    .forEach(wanted -> compare(wanted, event));
        }

        private void compare(ModelVerdict wanted, AuditEvent after) {
            Window window =
                    referee.writer()
                            .window(Occurrence.verdictId(wanted.expectation(), wanted.trigger()))
                            .orElseThrow();
            Status status = window.standing().status();
            if (status != wanted.status() && !maySettleLater(wanted, status)) {
                differences.add(
                        "%s on %s is %s, not %s after %s"
                                .formatted(
                                        wanted.expectation(),
                                        wanted.trigger(),
                                        status,
                                        wanted.status(),
                                        after.id()));
            }
        }

        /**
         * Where an order among effects counts, or a time between two, a window may be settled only
         * when it is due.
         */
        private boolean maySettleLater(ModelVerdict wanted, Status status) {
            boolean open = status == Status.PENDING || status == Status.INCONCLUSIVE;
            return open
                    && !wanted.isFinal()
                    && expectations.stream()
                            .filter(each -> each.name().equals(wanted.expectation()))
                            .anyMatch(Live::relatesEffects);
        }

        private static boolean relatesEffects(Expectation expectation) {
            return expectation.effects().stream().anyMatch(each -> !each.after().isEmpty())
                    || expectation.slas().stream().anyMatch(each -> !each.from().isEmpty());
        }
    }

    /** The same recording, of which some events come minutes late. */
    private static Trial late(Trial trial, Random random) {
        List<AuditEvent> events = new ArrayList<>();
        for (AuditEvent event : trial.events()) {
            boolean late = random.nextInt(3) == 0 && !event.type().equals(VerdictEvents.GAP);
            Instant recorded = event.occurredAt().plusSeconds(random.nextInt(300));
            events.add(late ? event.toBuilder().recordedAt(recorded).build() : event);
        }
        return new Trial(trial.yaml(), events, trial.tolerances(), trial.until());
    }

    private static void shouldAgree(Trial trial) {
        List<String> differences = new Live(trial, VerdictBounds.DEFAULT).differences();
        if (!differences.isEmpty()) {
            Trial smallest = smallest(trial);
            assertThat(new Live(smallest, VerdictBounds.DEFAULT).differences())
                    .as(VerdictModelTest.told(smallest))
                    .isEmpty();
        }
    }

    private static Trial smallest(Trial trial) {
        for (AuditEvent event : trial.events()) {
            List<AuditEvent> others = new ArrayList<>(trial.events());
            others.remove(event);
            Trial smaller = new Trial(trial.yaml(), others, trial.tolerances(), trial.until());
            if (!new Live(smaller, VerdictBounds.DEFAULT).differences().isEmpty()) {
                return smallest(smaller);
            }
        }
        return trial;
    }

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void shouldStandAfterEachEventWhereTheModelDoes(@ForAll long seed) {
        shouldAgree(RandomTrial.ongoing(new Random(seed)));
    }

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void shouldStandWhereTheModelDoesHoweverLateEventsCome(@ForAll long seed) {
        Random random = new Random(seed);
        shouldAgree(late(RandomTrial.ongoing(random), random));
    }
}
