package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whose windows are judged because of an event. A row has the clocks (one, or two: that of triggers
 * and that of effects), what came as {@link SceneText} has it, of which the last is the event, and
 * the triggers of the windows. Two clocks differ by up to 100 ms; a window of 10 s is over when
 * another 10 s are.
 */
class AffectedWindowsTest {
    private static final String ONE = "event: {type: e}, within: 10s, join: [k]";
    private static final String AFTER =
            """
            expect:
              - {name: f, event: {type: f}, within: 20s}
              - {name: e, event: {type: e}, within: 10s, join: [k], after: f}
            """;

    private static Stream<DynamicTest> rows(String parts, String rows) {
        return rows.lines().map(row -> row(parts, row.split("\\|", -1)));
    }

    private static DynamicTest row(String parts, String[] cells) {
        String service = cells[0].strip().equals("one") ? "desk" : "venue";
        SceneText scene = SceneText.read(cells[1], service);
        return DynamicTest.dynamicTest(
                cells[0].strip() + ": " + cells[1].strip(),
                () -> assertThat(new FedPart(parts).affected(scene)).isEqualTo(cells[2].strip()));
    }

    private static Stream<DynamicTest> expecting(String how, String rows) {
        return rows("expect: [{name: e, %s%s}]".formatted(ONE, how), rows);
    }

    @TestFactory
    Stream<DynamicTest> theFirstOfAny() {
        return expecting(
                "",
                """
                one | t@0s e@0s-1ns         |
                one | t@0s e@0s             | t1
                one | t@0s e@10s            | t1
                one | t@0s e@10s+1ns        |
                one | t@0s e{2}@5s          |
                one | t@0s e@5s e@6s        |
                one | t@0s e@6s e@5s        | t1
                one | t@0s e@5s e@7s e@6s   |
                one | t@0s t@1s t@9s e@5s   | t1 t2
                one | t@0s t@5s+1ns e@5s e@6s | t2
                one | t@-11s t@0s e@-1s e@5s | t2
                two | t@0s e@-0.1s-1ns      |
                two | t@0s e@-0.1s          | t1
                two | t@0s e@9.9s           | t1
                two | t@0s e@9.9s+1ns       |
                two | t@0s e@-0.1s e@5s     |
                two | t@0s e@-0.1s-1ns e@5s | t1
                """);
    }

    @TestFactory
    Stream<DynamicTest> theFirstThatIsSureWhereItIsCritical() {
        return rows(
                "critical: true\nexpect: [{name: e, %s}]".formatted(ONE),
                """
                one | t@0s e@0s         | t1
                two | t@0s e@0.1s-1ns   |
                two | t@0s e@0.1s       | t1
                two | t@0s e@0s e@0.1s  | t1
                two | t@0s e@5s e@6s    |
                two | t@0s e@9.9s+1ns   |
                """);
    }

    @TestFactory
    Stream<DynamicTest> theLastOfSeveral() {
        return expecting(
                ", at-least: 2",
                """
                one | t@0s e@5s                |
                one | t@0s e@5s e@6s           | t1
                one | t@0s e@5s e@6s e@7s      |
                one | t@0s e@5s e@7s e@6s      | t1
                one | t@0s e@6s e@5s           | t1
                one | t@0s e@-1s e@5s          |
                one | t@0s t@5s+1ns e@5s e@6s  | t1
                one | t@0s e@9s e@17s e@8s     | t1
                one | t@0s e@18.1s+1ns e@8s    |
                one | t@0s e@18.1s e@8s        | t1
                """);
    }

    @TestFactory
    Stream<DynamicTest> oneMoreThanMayCome() {
        return expecting(
                ", exactly: 1",
                """
                one | t@0s e@5s             |
                one | t@0s e@5s e@6s        | t1
                one | t@0s e@5s e@6s e@7s   |
                two | t@0s e@0.1s-1ns e@5s  |
                two | t@0s e@0.1s e@5s      | t1
                """);
    }

    @TestFactory
    Stream<DynamicTest> whatMustNotCome() {
        return rows(
                "never: [{name: e, %s}]".formatted(ONE),
                """
                one | t@0s e@5s         | t1
                one | t@0s e@5s e@6s    |
                two | t@0s e@0.1s-1ns   |
                two | t@0s e@0.1s       | t1
                """);
    }

    @TestFactory
    Stream<DynamicTest> anyThatMayCountWhenTheWindowIsOver() {
        return expecting(
                "",
                """
                one | t@0s e@5s e@6s now@20s-1ns     |
                one | t@0s e@5s e@6s now@20s         | t1
                one | t@0s t@1s e@5s e@6s now@20s    | t1
                one | t@0s e@10s+1ns now@20s         |
                two | t@0s e@5s e@10.1s-1ns now@20s  | t1
                two | t@0s e@5s e@10.1s now@20s      |
                two | t@0s e@-0.1s now@20s           | t1
                two | t@0s e@-0.1s-1ns now@20s       |
                one | t@0s t@1s t@2s e@5s now@21s    | t1 t2 t3
                """);
    }

    @TestFactory
    Stream<DynamicTest> allWhereAnOrderCounts() {
        return rows(
                AFTER,
                """
                one | t@0s t@6s e@5s e@6s      | t1 t2
                one | t@0s e@10s+1ns           |
                two | t@0s e@10.1s-1ns         | t1
                two | t@0s e@5s e@-0.1s        | t1
                two | t@0s e@-0.1s-1ns         |
                """);
    }

    @Test
    void shouldLookAtTheLatestWindowsOnlyWhereAnOrderCounts() {
        String triggers =
                IntStream.range(0, 300)
                        .mapToObj(i -> "t@0s+" + i + "ns")
                        .collect(Collectors.joining(" "));

        String affected = new FedPart(AFTER).affected(SceneText.read(triggers + " e@5s", "desk"));

        assertThat(affected.split(" ")).hasSize(256).contains("t300", "t45").doesNotContain("t44");
    }

    @TestFactory
    Stream<DynamicTest> bothThatATimeMayHangOn() {
        String timed = "expect: [{name: e, %s}]\nsla: [{name: s, to: e, within: 5s}]";
        return rows(
                timed.formatted(ONE),
                """
                one | t@0s e@5s e@6s               |
                two | t@0s e@0.1s-1ns              | t1
                two | t@0s e@0.1s-1ns e@5s         | t1
                two | t@0s e@0.1s-1ns e@5s e@6s    |
                """);
    }

    @TestFactory
    Stream<DynamicTest> bothThatATimeMayHangOnWhereNoMoreMayCome() {
        String timed = "expect: [{name: e, %s, exactly: 1}]\nsla: [{name: s, to: e, within: 5s}]";
        return rows(
                timed.formatted(ONE),
                """
                two | t@0s e@0.1s-1ns              | t1
                two | t@0s e@0.1s                  | t1
                """);
    }

    @TestFactory
    Stream<DynamicTest> onlyWhatATimeIsMeasuredBy() {
        String timed =
                """
                expect: [{name: e, %s}, {name: g, event: {type: g}, within: 10s}]
                sla: [{name: s, to: g, within: 5s}]
                """;
        return rows(timed.formatted(ONE), "two | t@0s e@0.1s-1ns e@5s |");
    }

    @TestFactory
    Stream<DynamicTest> inAnyCaseWhereTooManyCameBefore() {
        String nine = "e@0.01s ".repeat(9);
        return rows(
                "critical: true\nexpect: [{name: e, %s, at-least: 2}]".formatted(ONE),
                """
                two | t@0s %s e@5s                 |
                two | t@0s %s e@0.02s e@5s         | t1
                two | t@0s %s e@0.02s e@0.03s e@5s | t1
                two | t@-0.08s t@-0.2s %s e@0.02s e@5s | t1
                """
                        .formatted(nine, nine, nine, nine));
    }

    @Test
    void shouldCountTheLastMomentWhereClocksDoNotDiffer() {
        String whole = "expect: [{name: e, %s}]".formatted(ONE);
        SceneText scene = SceneText.read("t@0s e@5s e@10s now@20s", "desk");

        assertThat(new FedPart(whole, Duration.ZERO).affected(scene)).isEqualTo("t1");
    }

    @ParameterizedTest
    @CsvSource({
        "desk, t@0s e@5s, true",
        "desk, t@0s e@0s-1ns, false",
        "desk, t@0s e@10s+1ns, false",
        "desk, t@-0.05s t@0s e@10s, true",
        "venue, t@0s e@-0.1s, true",
        "venue, t@0s e@-0.1s-1ns, false",
        "venue, t@0s e@10.1s-1ns, true",
    })
    void shouldTellWhetherAWindowWaits(String service, String scene, boolean waits) {
        FedPart fed = new FedPart("expect: [{name: e, %s}]".formatted(ONE));

        assertThat(fed.awaits(SceneText.read(scene, service))).isEqualTo(waits);
    }

    @ParameterizedTest
    @CsvSource({
        "desk, e@0s-1ns e@0s e@10s e@10s+1ns t@0s, 99, e2 e3",
        "venue, e@-0.1s-1ns e@-0.1s e@10.1s-1ns e@10.1s t@0s, 99, e2 e3",
        "desk, e@1s e@2s e@3s t@0s, 2, e1 e2",
        "desk, e@-0.05s e@1s e@2s t@0s, 2, e2",
    })
    void shouldVisitWhatCameBeforeItsTrigger(
            String service, String scene, int max, String effects) {
        FedPart fed = new FedPart("expect: [{name: e, %s}]".formatted(ONE));

        assertThat(fed.effects(SceneText.read(scene, service), max))
                .containsExactly(effects.split(" "));
    }
}
