package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The engine says of recordings with silent services, by the thousand, what the model says. */
class SourceModelTest {

    @Property(shrinking = ShrinkingMode.OFF)
    void shouldJudgeSilenceAsTheModelDoes(@ForAll long seed) {
        Trial trial = RandomSources.trial(new Random(seed));

        assertThat(trial.differences()).as(VerdictModelTest.told(trial)).isEmpty();
    }

    @Test
    void shouldMeetEachStateOfAPartOnASource() {
        Set<String> met = new TreeSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            RandomSources.trial(random)
                    .ofModel()
                    .forEach(
                            verdict ->
                                    verdict.parts()
                                            .forEach(
                                                    (name, found) ->
                                                            met.add(name + " " + found.state())));
        }

        assertThat(met)
                .contains("f0 MET", "f0 MISSED", "f0 UNCERTAIN", "f0 OPEN")
                .contains("never MET", "never MISSED", "never UNCERTAIN", "never OPEN");
    }

    /** Whenever signs of life arrive, the verdicts say the same in the end, word for word. */
    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void shouldSayTheSameWheneverSignsArrive(@ForAll long seed) {
        Random random = new Random(seed);
        Trial trial = RandomSources.trial(random).until(Instant.MAX);
        List<AuditEvent> late =
                trial.events().stream().map(event -> delayed(event, random)).toList();

        Trial other = new Trial(trial.yaml(), late, trial.tolerances(), trial.until());

        assertThat(said(other)).as(VerdictModelTest.told(other)).isEqualTo(said(trial));
    }

    private static AuditEvent delayed(AuditEvent event, Random random) {
        return event.type().equals("sign") || event.type().equals(DeadTime.TYPE)
                ? event.stored(0, event.occurredAt().plusMillis(random.nextInt(60_000)))
                : event;
    }

    private static List<String> said(Trial trial) {
        return trial.ofEngine().stream().map(SourceModelTest::inTheEnd).toList();
    }

    private static String inTheEnd(Verdict verdict) {
        ObjectNode json = VerdictJson.write(verdict);
        json.remove(List.of("version", "late_by", "decided_at"));
        return json.toString();
    }
}
