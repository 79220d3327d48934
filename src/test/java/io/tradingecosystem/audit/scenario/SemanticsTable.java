package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;

import org.junit.jupiter.api.DynamicTest;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table that the model and the engine both keep to. A row has the clocks (one, or two: that of
 * the trigger and that of all other events), what happened as {@link SceneText} has it, the states
 * of the parts, the verdict, and the event that decided the last part of those that one decided.
 * Two clocks differ by up to 100 ms, an event may be recorded 10 s late, and senders catch up
 * within 30 s.
 */
final class SemanticsTable {
    static final ModelTolerances TOLERANCES =
            ModelTolerances.of(Duration.ofSeconds(10), Duration.ofMillis(100));

    private SemanticsTable() {}

    /** Tests of the rows for what is expected, as YAML, by the model and by the engine. */
    static Stream<DynamicTest> of(String parts, String rows) {
        return of(TOLERANCES, parts, rows);
    }

    static Stream<DynamicTest> of(ModelTolerances tolerances, String parts, String rows) {
        String when = parts.startsWith("while:") ? "" : "when: {type: t}\n";
        String yaml = "name: x\n" + when + parts;
        return rows.lines().flatMap(row -> row(yaml, tolerances, row));
    }

    private static Stream<DynamicTest> row(String yaml, ModelTolerances tolerances, String row) {
        String[] cells = row.split("\\|", -1);
        String service = cells[0].strip().equals("one") ? "desk" : "venue";
        SceneText scene = SceneText.read(cells[1], service);
        Trial trial = new Trial(yaml, scene.events(), tolerances, scene.until());
        String wanted = said(cells[2].strip(), cells[3].strip(), cells[4].strip());
        String title = "%s: %s".formatted(cells[0].strip(), cells[1].strip());
        return Stream.of(
                DynamicTest.dynamicTest(
                        title + " (model)",
                        () ->
                                assertThat(said(trial.ofModel().getFirst(), wanted))
                                        .isEqualTo(wanted)),
                DynamicTest.dynamicTest(
                        title + " (engine)",
                        () -> assertThat(said(trial, wanted)).isEqualTo(wanted)));
    }

    private static String said(String states, String status, String decidedBy) {
        return states + " | " + status + " | " + decidedBy;
    }

    private static String said(ModelVerdict verdict, String wanted) {
        return said(
                String.join(
                        ", ",
                        verdict.parts().values().stream()
                                .map(each -> each.state().name())
                                .toList()),
                status(verdict.status(), verdict.isFinal(), wanted),
                verdict.parts().values().stream()
                        .flatMap(each -> each.decidedBy().stream())
                        .map(AuditEvent::id)
                        .reduce("", (first, second) -> second));
    }

    /** What the engine says; it must name what decided, as the model knows it. */
    private static String said(Trial trial, String wanted) {
        Verdict verdict = trial.ofEngine().getFirst();
        return said(
                String.join(
                        ", ",
                        verdict.findings().stream().map(each -> each.state().name()).toList()),
                status(verdict.status(), verdict.isFinal(), wanted),
                decidedBy(verdict, wanted));
    }

    private static String decidedBy(Verdict verdict, String wanted) {
        String id = wanted.substring(wanted.lastIndexOf(' ') + 1);
        Optional<String> named =
                verdict.findings().stream()
                        .map(Finding::sightings)
                        .flatMap(each -> each.stream())
                        .map(Verdict.Sighting::eventId)
                        .filter(id::equals)
                        .findFirst();
        return named.orElse("");
    }

    /** Whether it is final is said where a row says it. */
    private static String status(Verdict.Status status, boolean isFinal, String wanted) {
        return status + (wanted.contains("final") ? isFinal ? " final" : " not final" : "");
    }
}
