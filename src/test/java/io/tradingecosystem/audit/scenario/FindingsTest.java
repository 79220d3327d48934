package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;

import org.junit.jupiter.api.Test;

/** What a verdict says of a part, to people. */
class FindingsTest {
    private static Verdict verdict(String parts, String scene) {
        SceneText text = SceneText.read(scene, "venue");
        String yaml = "name: x\nwhen: {type: t}\n" + parts;
        return new Trial(yaml, text.events(), SemanticsTable.TOLERANCES, text.until())
                .ofEngine()
                .getFirst();
    }

    private static Finding finding(String part, String scene) {
        return verdict(
                        "expect: [{name: e, event: {type: e}, within: 10s%s}]".formatted(part),
                        scene)
                .findings()
                .getFirst();
    }

    private static String said(String part, String scene) {
        return finding(part, scene).reason();
    }

    @Test
    void shouldSayWhenItCame() {
        assertThat(said("", "e@2s")).isEqualTo("came after 2 s of 10 s");
        assertThat(said("", "e@-0.05s"))
                .isEqualTo("came 50 ms before the trigger by its clock of 10 s");
        assertThat(said(", at-least: 2", "e@2s e@3s"))
                .isEqualTo("2 came, the last after 3 s of 10 s");
        assertThat(said(", at-most: 1", "e@2s")).isEqualTo("came no more than allowed within 10 s");
        assertThat(finding("", "e@2s").at()).isEqualTo(Scene.at(2));
        assertThat(finding(", at-most: 1", "e@2s").at()).isEqualTo(Scene.at(10));
    }

    @Test
    void shouldSayHowLongItWaits() {
        assertThat(said("", "now@3s")).isEqualTo("waiting until " + Scene.at(10));
        assertThat(said(", exactly: 1", "e@2s now@3s"))
                .isEqualTo("came after 2 s of 10 s; certain at " + Scene.at(10));
    }

    @Test
    void shouldCountUpToTwentyThatAreTooMany() {
        assertThat(said(", at-most: 1", "e@2s e@3s")).isEqualTo("came 2 times, at most 1 allowed");
        assertThat(said(", exactly: 1", "e@2s e@3s")).isEqualTo("came 2 times, exactly 1 expected");
        assertThat(said(", at-most: 1", " e@2s".repeat(21)))
                .isEqualTo("came 21 times, at most 1 allowed");
        assertThat(said(", at-most: 1", " e@2s".repeat(22)))
                .isEqualTo("came more than 21 times, at most 1 allowed");
        assertThat(said(", at-most: 1", " e@2s".repeat(99)))
                .isEqualTo("came more than 21 times, at most 1 allowed");
        assertThat(finding(", at-most: 1", "e@2s e@3s e@4s").at()).isEqualTo(Scene.at(3));
    }

    @Test
    void shouldSayWhatIsTooCloseToCall() {
        String close =
                " of 10 s: too close to call, as the clocks of \"desk\" and \"venue\" may differ by"
                        + " 100 ms";
        assertThat(said("", "e@10s")).isEqualTo("came after 10 s" + close);
        assertThat(said(", at-least: 2", "e@2s e@10s"))
                .isEqualTo("2 came, the last after 10 s (1 for sure, 2 expected)" + close);
        assertThat(said(", exactly: 1", "e@10s"))
                .isEqualTo("came after 10 s (0 for sure, exactly 1 expected)" + close);
        assertThat(said(", at-most: 1", "e@2s e@10s"))
                .isEqualTo("2 came, the last after 10 s (1 for sure, at most 1 allowed)" + close);
    }

    @Test
    void shouldSayThatAnOrderIsTooCloseToCall() {
        Finding after =
                verdict(
                                """
                                critical: true
                                expect:
                                  - {name: f, event: {type: f}, within: 10s}
                                  - {name: e, event: {type: e}, within: 10s, after: f}
                                """,
                                "f@2s/venue e@2.05s/desk")
                        .findings()
                        .getLast();
        assertThat(after.reason())
                .isEqualTo(
                        "came after 2.05 s of 10 s: too close to call, as clocks may differ by"
                                + " 100 ms");
    }

    @Test
    void shouldSayThatSomethingMayHaveBeenLost() {
        assertThat(said("", "gap@2s..3s"))
                .startsWith("did not come within 10 s, but ")
                .contains("the bus was away");
        assertThat(said(", at-most: 1", "gap@2s..3s"))
                .startsWith("came no more than allowed within 10 s, but ");
    }

    @Test
    void shouldSayWhatIsForbidden() {
        String never = "never: [{name: e, event: {type: e}, within: 10s}]";
        assertThat(verdict(never, "e@2s").reason())
                .isEqualTo("e came after 2 s, which is forbidden for 10 s");
        assertThat(verdict(never, "now@2s").reason())
                .isEqualTo("e has not come; forbidden until " + Scene.at(10));
        assertThat(verdict(never, "-").reason()).isEqualTo("e did not come within 10 s");
        assertThat(verdict(never, "e@10s e@10.05s").reason())
                .startsWith("e came after 10 s of 10 s: too close to call");
        assertThat(verdict(never, "gap@2s..3s").reason()).startsWith("e did not come, but ");
        assertThat(verdict(never, "e@2s e@3s").findings().getFirst().sightings()).hasSize(1);
    }

    @Test
    void shouldSayOfATimeWhatItLacks() {
        String sla =
                """
                expect: [{name: e, event: {type: e}, within: 10s}, {name: f, event: {type: f}, within: 10s}]
                sla: [{name: s, from: e, to: f, within: 5s}]
                """;
        assertThat(verdict(sla, "e@2s now@3s").findings().getLast().reason())
                .isEqualTo("is not known yet");
        assertThat(verdict(sla, "e@2s").findings().getLast().reason())
                .isEqualTo("was not kept, as f did not come in time");
        assertThat(verdict(sla, "f@2s").findings().getLast().reason())
                .isEqualTo("was not kept, as e did not come in time");
        assertThat(verdict(sla, "e@2s gap@3s..4s").findings().getLast().reason())
                .isEqualTo("cannot be told without f");
        assertThat(verdict(sla, "e@2s f@4s").findings().getLast().reason())
                .isEqualTo("took 2 s of 5 s");
        assertThat(verdict(sla, "e@2s f@9s").decidedAt()).isEqualTo(Scene.at(9));
    }
}
