package io.tradingecosystem.audit.scenario;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The semantics of verdicts as a table: every kind of part at every edge of its window, on one
 * clock and on two. How a row reads is said at {@link SemanticsTable}.
 */
class SemanticsTest {
    private static final String E = "event: {type: e}, within: 10s";

    @TestFactory
    Stream<DynamicTest> atLeastOne() {
        return SemanticsTable.of(
                "expect: [{name: e, %s}]".formatted(E),
                """
                one | -              | MISSED    | FAILED       |
                one | e@0s-1ns       | MISSED    | FAILED       |
                one | e@0s           | MET       | PASSED       | e1
                one | e@10s          | MET       | PASSED       | e1
                one | e@10s+1ns      | MISSED    | FAILED       |
                two | e@-0.1s-1ns    | MISSED    | FAILED       |
                two | e@-0.1s        | MET       | PASSED       | e1
                two | e@0s           | MET       | PASSED       | e1
                two | e@0.1s-1ns     | MET       | PASSED       | e1
                two | e@0.1s         | MET       | PASSED       | e1
                two | e@9.9s         | MET       | PASSED       | e1
                two | e@9.9s+1ns     | UNCERTAIN | INCONCLUSIVE |
                two | e@10s          | UNCERTAIN | INCONCLUSIVE |
                two | e@10.1s-1ns    | UNCERTAIN | INCONCLUSIVE |
                two | e@10.1s        | MISSED    | FAILED       |
                two | e@10s e@5s     | MET       | PASSED       | e2
                """);
    }

    @TestFactory
    Stream<DynamicTest> atLeastOneWhereItIsCritical() {
        return SemanticsTable.of(
                "critical: true\nexpect: [{name: e, %s}]".formatted(E),
                """
                one | e@0s-1ns       | MISSED    | FAILED       |
                one | e@0s           | MET       | PASSED       | e1
                one | e@10s          | MET       | PASSED       | e1
                one | e@10s+1ns      | MISSED    | FAILED       |
                two | e@-0.1s-1ns    | MISSED    | FAILED       |
                two | e@-0.1s        | UNCERTAIN | INCONCLUSIVE |
                two | e@0.1s-1ns     | UNCERTAIN | INCONCLUSIVE |
                two | e@0.1s         | MET       | PASSED       | e1
                two | e@9.9s         | MET       | PASSED       | e1
                two | e@9.9s+1ns     | UNCERTAIN | INCONCLUSIVE |
                two | e@10.1s-1ns    | UNCERTAIN | INCONCLUSIVE |
                two | e@10.1s        | MISSED    | FAILED       |
                """);
    }

    @TestFactory
    Stream<DynamicTest> atLeastTwo() {
        return SemanticsTable.of(
                "expect: [{name: e, %s, at-least: 2}]".formatted(E),
                """
                one | e@1s             | MISSED    | FAILED       |
                one | e@1s e@2s        | MET       | PASSED       | e2
                one | e@1s e@1s        | MET       | PASSED       | e2
                one | e@2s e@1s e@3s   | MET       | PASSED       | e1
                one | e@0s-1ns e@10s   | MISSED    | FAILED       |
                two | e@-0.1s e@0.05s  | MET       | PASSED       | e2
                two | e@-0.1s e@5s     | MET       | PASSED       | e2
                two | e@5s e@10s       | UNCERTAIN | INCONCLUSIVE |
                two | e@-0.1s e@10s    | UNCERTAIN | INCONCLUSIVE |
                two | e@5s e@10.1s     | MISSED    | FAILED       |
                """);
    }

    @TestFactory
    Stream<DynamicTest> exactlyOne() {
        return SemanticsTable.of(
                "expect: [{name: e, %s, exactly: 1}]".formatted(E),
                """
                one | -                | MISSED    | FAILED       |
                one | e@5s             | MET       | PASSED       | e1
                one | e@0s e@10s       | MISSED    | FAILED       | e2
                one | e@0s-1ns e@5s    | MET       | PASSED       | e2
                one | e@5s e@10s+1ns   | MET       | PASSED       | e1
                two | e@-0.1s-1ns e@5s | MET       | PASSED       | e2
                two | e@-0.1s          | MET       | PASSED       | e1
                two | e@-0.1s e@5s     | UNCERTAIN | INCONCLUSIVE |
                two | e@-0.1s e@0.05s  | UNCERTAIN | INCONCLUSIVE |
                two | e@0.1s-1ns e@5s  | UNCERTAIN | INCONCLUSIVE |
                two | e@0.1s e@9.9s    | MISSED    | FAILED       | e2
                two | e@10s            | UNCERTAIN | INCONCLUSIVE |
                two | e@5s e@9.9s+1ns  | UNCERTAIN | INCONCLUSIVE |
                two | e@5s e@10.1s-1ns | UNCERTAIN | INCONCLUSIVE |
                two | e@5s e@10.1s     | MET       | PASSED       | e1
                two | e@6s e@5s e@10s  | MISSED    | FAILED       | e1
                """);
    }

    @TestFactory
    Stream<DynamicTest> exactlyOneWhereItIsCritical() {
        return SemanticsTable.of(
                "critical: true\nexpect: [{name: e, %s, exactly: 1}]".formatted(E),
                """
                one | e@0s             | MET       | PASSED       | e1
                two | e@-0.1s          | UNCERTAIN | INCONCLUSIVE |
                two | e@-0.1s e@5s     | UNCERTAIN | INCONCLUSIVE |
                two | e@5s             | MET       | PASSED       | e1
                two | e@5s e@6s        | MISSED    | FAILED       | e2
                two | e@5s e@10s       | UNCERTAIN | INCONCLUSIVE |
                two | e@10.1s          | MISSED    | FAILED       |
                """);
    }

    @TestFactory
    Stream<DynamicTest> atMostOne() {
        return SemanticsTable.of(
                "expect: [{name: e, %s, at-most: 1}]".formatted(E),
                """
                one | -                | MET       | PASSED       |
                one | e@5s             | MET       | PASSED       |
                one | e@0s e@10s       | MISSED    | FAILED       | e2
                one | e@5s e@10s+1ns   | MET       | PASSED       |
                two | e@-0.1s-1ns e@5s | MET       | PASSED       |
                two | e@-0.1s e@5s     | UNCERTAIN | INCONCLUSIVE |
                two | e@-0.1s          | MET       | PASSED       |
                two | e@5s e@9.9s+1ns  | UNCERTAIN | INCONCLUSIVE |
                two | e@5s e@10.1s     | MET       | PASSED       |
                two | e@5s e@9.9s      | MISSED    | FAILED       | e2
                """);
    }

    @TestFactory
    Stream<DynamicTest> atLeastOneAndAtMostTwo() {
        return SemanticsTable.of(
                "expect: [{name: e, %s, at-least: 1, at-most: 2}]".formatted(E),
                """
                one | -                    | MISSED    | FAILED       |
                one | e@1s                 | MET       | PASSED       | e1
                one | e@1s e@2s            | MET       | PASSED       | e1
                one | e@1s e@2s e@3s       | MISSED    | FAILED       | e3
                two | e@1s e@10s           | MET       | PASSED       | e1
                two | e@1s e@2s e@10s      | UNCERTAIN | INCONCLUSIVE |
                two | e@10s                | UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> never() {
        return SemanticsTable.of(
                "never: [{name: e, %s}]".formatted(E),
                """
                one | -              | MET       | PASSED       |
                one | e@0s-1ns       | MET       | PASSED       |
                one | e@0s           | MISSED    | FAILED       | e1
                one | e@10s          | MISSED    | FAILED       | e1
                one | e@10s+1ns      | MET       | PASSED       |
                two | e@-0.1s-1ns    | MET       | PASSED       |
                two | e@-0.1s        | UNCERTAIN | INCONCLUSIVE |
                two | e@0.1s-1ns     | UNCERTAIN | INCONCLUSIVE |
                two | e@0.1s         | MISSED    | FAILED       | e1
                two | e@9.9s         | MISSED    | FAILED       | e1
                two | e@9.9s+1ns     | UNCERTAIN | INCONCLUSIVE |
                two | e@10.1s-1ns    | UNCERTAIN | INCONCLUSIVE |
                two | e@10.1s        | MET       | PASSED       |
                two | e@0s e@7s e@6s | MISSED    | FAILED       | e3
                """);
    }

    @TestFactory
    Stream<DynamicTest> windowShorterThanTwiceTheSkew() {
        return SemanticsTable.of(
                "expect: [{name: e, event: {type: e}, within: 150ms}]",
                """
                one | e@0.15s         | MET       | PASSED       | e1
                one | e@0.15s+1ns     | MISSED    | FAILED       |
                two | e@-0.1s         | MET       | PASSED       | e1
                two | e@0.05s         | MET       | PASSED       | e1
                two | e@0.05s+1ns     | UNCERTAIN | INCONCLUSIVE |
                two | e@0.25s-1ns     | UNCERTAIN | INCONCLUSIVE |
                two | e@0.25s         | MISSED    | FAILED       |
                """);
    }

    @TestFactory
    Stream<DynamicTest> triggersOfTheTypeOfTheEffect() {
        return SemanticsTable.of(
                "expect: [{name: e, event: {type: t}, within: 10s}]",
                """
                one | t@0s            | MISSED    | FAILED       |
                one | t@0s t@5s/other | MET       | PASSED       | t2
                one | t@0s t@0s/desk  | MET       | PASSED       | t2
                """);
    }

    @TestFactory
    Stream<DynamicTest> clocks() {
        return SemanticsTable.of(
                "expect: [{name: e, %s}]".formatted(E),
                """
                one | t@0s#h e@10s/venue#h   | MET       | PASSED       | e1
                one | t@0s#h e@10s+1ns#h     | MISSED    | FAILED       |
                one | t@0s#h e@10s/desk#i    | UNCERTAIN | INCONCLUSIVE |
                one | t@0s#h e@10s/desk      | UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> pairsOfServices() {
        var pairs = Map.of(ModelTolerances.both("desk", "venue"), Duration.ofSeconds(1));
        ModelTolerances usual = SemanticsTable.TOLERANCES;
        ModelTolerances tolerances =
                new ModelTolerances(usual.lateness(), usual.skew(), pairs, usual.catchUp());
        return SemanticsTable.of(
                tolerances,
                "expect: [{name: e, %s}]".formatted(E),
                """
                one | e@10s           | MET       | PASSED       | e1
                one | e@-0.9s         | MISSED    | FAILED       |
                two | e@-0.9s         | MET       | PASSED       | e1
                two | e@9s            | MET       | PASSED       | e1
                two | e@9.5s          | UNCERTAIN | INCONCLUSIVE |
                two | e@10.9s         | UNCERTAIN | INCONCLUSIVE |
                two | e@9.5s/risk     | MET       | PASSED       | e1
                two | e@10.9s/risk    | MISSED    | FAILED       |
                """);
    }
}
