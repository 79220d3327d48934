package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.RecordedLog;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

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
        private final VerdictBounds bounds;
        private Referee referee;
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
            this.bounds = bounds;
            this.referee = opened();
        }

        private Referee opened() {
            return Referee.of(
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
            switch ((int) (event.position() % 5)) {
                case 0, 2 -> referee.commit();
                case 3 -> restart();
                default -> {}
            }
            if (!event.type().equals(VerdictEvents.EXPECTATION)) {
                seen.add(event);
            }
            // A late event whose windows were not all looked for is counted; they may stay as they
            // are.
            if (referee.writer().counters().unsearched == 0) {
                VerdictModel.judge(expectations, seen, trial.tolerances(), now)
                        .forEach(wanted -> compare(wanted, event));
            }
        }

        /** Goes on as it does when a service starts again. */
        private void restart() {
            referee.commit();
            referee = opened();
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
         * Where an order among effects counts, a time between two or how many there are, a window
         * may be settled only when it is due. What a bound is in the way of is not known.
         */
        private boolean maySettleLater(ModelVerdict wanted, Status status) {
            boolean open = status == Status.PENDING || status == Status.INCONCLUSIVE;
            if (bounds != VerdictBounds.DEFAULT) {
                return status == Status.INCONCLUSIVE || (open && !wanted.isFinal());
            }
            return open
                    && !wanted.isFinal()
                    && (expectations.stream()
                            .filter(each -> each.name().equals(wanted.expectation()))
                            .anyMatch(Live::relatesEffects));
        }

        private static boolean relatesEffects(Expectation expectation) {
            return expectation.effects().stream()
                            .anyMatch(each -> !each.after().isEmpty() || countsSeveral(each))
                    || expectation.slas().stream().anyMatch(each -> !each.from().isEmpty());
        }
    }

    /** Of several, some at the opening may be sure and others not, by their clocks. */
    private static boolean countsSeveral(Effect effect) {
        return effect.min() > 1 || effect.max().isPresent();
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

    private static void shouldAgree(Trial trial, VerdictBounds bounds) {
        List<String> differences = new Live(trial, bounds).differences();
        if (!differences.isEmpty()) {
            Trial smallest = smallest(trial, bounds);
            assertThat(new Live(smallest, bounds).differences())
                    .as(VerdictModelTest.told(smallest))
                    .isEmpty();
        }
    }

    private static Trial smallest(Trial trial, VerdictBounds bounds) {
        for (AuditEvent event : trial.events()) {
            List<AuditEvent> others = new ArrayList<>(trial.events());
            others.remove(event);
            Trial smaller = new Trial(trial.yaml(), others, trial.tolerances(), trial.until());
            if (!new Live(smaller, bounds).differences().isEmpty()) {
                return smallest(smaller, bounds);
            }
        }
        return trial;
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void shouldStandAfterEachEventWhereTheModelDoes(@ForAll long seed) {
        shouldAgree(RandomTrial.ongoing(new Random(seed)), VerdictBounds.DEFAULT);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void shouldStandWhereTheModelDoesHoweverLateEventsCome(@ForAll long seed) {
        Random random = new Random(seed);
        shouldAgree(late(RandomTrial.ongoing(random), random), VerdictBounds.DEFAULT);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void shouldStandWhereTheModelDoesOrSayThatABoundIsInTheWay(
            @ForAll long seed,
            @ForAll @IntRange(max = 12) int held,
            @ForAll @IntRange(min = 1, max = 12) int budget) {
        Random random = new Random(seed);
        VerdictBounds bounds = new VerdictBounds(1_000, 1_000, held, 2, budget);
        shouldAgree(late(RandomTrial.ongoing(random), random), bounds);
    }
}
