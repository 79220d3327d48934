package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The engine says of small recordings, by the thousand, what the model says. */
class VerdictModelTest {

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void shouldJudgeACompleteRecordingAsTheModelDoes(@ForAll long seed) {
        shouldAgree(RandomTrial.complete(new Random(seed)));
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void shouldJudgeARecordingThatGoesOnAsTheModelDoes(@ForAll long seed) {
        shouldAgree(RandomTrial.ongoing(new Random(seed)));
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

    private static String told(Trial trial) {
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
