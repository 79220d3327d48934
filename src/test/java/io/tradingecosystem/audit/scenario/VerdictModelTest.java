package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The engine says of small recordings, by the thousand, what the model says. */
class VerdictModelTest {

    @Property(shrinking = ShrinkingMode.OFF)
    void shouldJudgeACompleteRecordingAsTheModelDoes(@ForAll long seed) {
        shouldAgree(RandomTrial.complete(new Random(seed)));
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void shouldJudgeARecordingThatGoesOnAsTheModelDoes(@ForAll long seed) {
        shouldAgree(RandomTrial.ongoing(new Random(seed)));
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 200)
    void shouldTakeWhatATriggerSaysAsTheModelDoes(@ForAll long seed) {
        shouldAgree(RandomTrial.bound(new Random(seed)));
    }

    @Test
    void shouldMeetEveryStateOfEveryKindOfPart() {
        Set<String> met = new TreeSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            RandomTrial.ongoing(random).ofModel().forEach(verdict -> met.addAll(states(verdict)));
        }

        List<String> states = Stream.of(State.values()).map(State::name).toList();
        List<String> wanted = new ArrayList<>();
        for (String kind : List.of("f0 ", "f1 ", "f2 ", "never ", "steady ", "sla ")) {
            states.forEach(state -> wanted.add(kind + state));
        }
        for (Status status : Status.values()) {
            wanted.add(status + " false");
            wanted.add(status + " true");
        }
        wanted.remove("PENDING true");
        assertThat(met).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static Set<String> states(ModelVerdict verdict) {
        Set<String> states = new TreeSet<>();
        verdict.parts().forEach((name, found) -> states.add(name + " " + found.state()));
        states.add(verdict.status() + " " + verdict.isFinal());
        return states;
    }

    private static void shouldAgree(Trial trial) {
        if (!trial.differences().isEmpty()) {
            Trial smallest = smallest(trial);
            assertThat(smallest.differences()).as(told(smallest)).isEmpty();
        }
    }

    /** The same without the events that it differs without as well. */
    private static Trial smallest(Trial trial) {
        for (AuditEvent event : trial.events()) {
            List<AuditEvent> others = new ArrayList<>(trial.events());
            others.remove(event);
            Trial smaller = new Trial(trial.yaml(), others, trial.tolerances(), trial.until());
            if (!smaller.differences().isEmpty()) {
                return smallest(smaller);
            }
        }
        return trial;
    }

    static String told(Trial trial) {
        StringBuilder told = new StringBuilder(trial.yaml());
        trial.events()
                .forEach(
                        event ->
                                told.append(event.id())
                                        .append(' ')
                                        .append(event.service())
                                        .append(' ')
                                        .append(event.instance())
                                        .append(' ')
                                        .append(event.attributes())
                                        .append(" occurred ")
                                        .append(event.occurredAt())
                                        .append(" recorded ")
                                        .append(event.recordedAt())
                                        .append('\n'));
        return told.append(trial.tolerances()).append(" until ").append(trial.until()).toString();
    }
}
