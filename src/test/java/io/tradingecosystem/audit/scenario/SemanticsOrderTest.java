package io.tradingecosystem.audit.scenario;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/**
 * The semantics of what hangs on other parts: an effect after others, and the time between two. How
 * a row reads is said at {@link SemanticsTable}.
 */
class SemanticsOrderTest {
    private static final String F = "{name: f, event: {type: f}, within: 10s}";
    private static final String G = "{name: g, event: {type: g}, within: 20s, after: f}";

    @TestFactory
    Stream<DynamicTest> after() {
        return SemanticsTable.of(
                "expect: [%s, %s]".formatted(F, G),
                """
                one | f@2s g@3s                    | MET, MET             | PASSED       | g1
                one | f@2s g@2s                    | MET, MET             | PASSED       | g1
                one | f@2s g@2s-1ns                | MET, MISSED          | FAILED       | f1
                one | f@2s g@1s g@3s               | MET, MET             | PASSED       | g2
                one | f@2s f@4s g@3s               | MET, MET             | PASSED       | g1
                one | g@3s                         | MISSED, MISSED       | FAILED       |
                one | f@10s+1ns g@15s              | MISSED, MISSED       | FAILED       |
                one | f@2s/venue g@2s/venue        | MET, MET             | PASSED       | g1
                one | f@2s/venue g@2s-1ns/venue    | MET, MISSED          | FAILED       | f1
                one | f@2s/venue g@2.1s/risk       | MET, MET             | PASSED       | g1
                one | f@2s/venue g@2.1s-1ns/risk   | MET, MET             | PASSED       | g1
                one | f@2s/venue g@1.9s/risk       | MET, MET             | PASSED       | g1
                one | f@2s/venue g@1.9s-1ns/risk   | MET, MISSED          | FAILED       | f1
                two | f@9.9s+1ns g@15s             | UNCERTAIN, MET       | INCONCLUSIVE | g1
                two | f@9.9s+1ns g@9.9s            | UNCERTAIN, MISSED    | FAILED       |
                two | f@9.9s+1ns g@20s             | UNCERTAIN, UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> afterWhereItIsCritical() {
        return SemanticsTable.of(
                "critical: true\nexpect: [%s, %s]".formatted(F, G),
                """
                one | f@2s g@2s                    | MET, MET             | PASSED       | g1
                one | f@2s g@2s-1ns                | MET, MISSED          | FAILED       | f1
                one | f@2s/venue g@2s/venue        | MET, MET             | PASSED       | g1
                one | f@2s/venue g@2.1s/risk       | MET, MET             | PASSED       | g1
                one | f@2s/venue g@2.1s-1ns/risk   | MET, UNCERTAIN       | INCONCLUSIVE | f1
                one | f@2s/venue g@1.9s/risk       | MET, UNCERTAIN       | INCONCLUSIVE | f1
                one | f@2s/venue g@1.9s-1ns/risk   | MET, MISSED          | FAILED       | f1
                one | f@2s/venue g@1.9s/risk g@5s  | MET, MET             | PASSED       | g2
                two | f@0.05s g@5s                 | UNCERTAIN, UNCERTAIN | INCONCLUSIVE |
                two | f@9.9s+1ns g@15s             | UNCERTAIN, UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> afterWhatHasAnUpperLimit() {
        return SemanticsTable.of(
                "expect: [{name: f, event: {type: f}, within: 10s, exactly: 1}, %s]".formatted(G),
                """
                one | f@2s g@3s                    | MET, MET             | PASSED       | g1
                one | f@2s f@3s g@2.5s             | MISSED, MET          | FAILED       | g1
                two | f@2s f@9.9s+1ns g@3s         | UNCERTAIN, MET       | INCONCLUSIVE | g1
                one | f@2s g@3s now@5s             | OPEN, MET            | PENDING      | g1
                """);
    }

    @TestFactory
    Stream<DynamicTest> exactlyOneAfter() {
        return SemanticsTable.of(
                """
                expect: [%s, {name: g, event: {type: g}, within: 20s, after: f, exactly: 1}]
                """
                        .formatted(F),
                """
                one | f@2s g@1s g@3s                    | MET, MET       | PASSED       | g2
                one | f@2s g@3s g@4s                    | MET, MISSED    | FAILED       | g2
                one | f@2s/venue g@1.95s/risk g@3s/risk | MET, UNCERTAIN | INCONCLUSIVE | f1
                one | f@2s/venue g@1.95s/risk           | MET, MET       | PASSED       | g1
                one | f@2s/venue g@1.9s-1ns/risk g@3s   | MET, MET       | PASSED       | g2
                """);
    }

    @TestFactory
    Stream<DynamicTest> afterEventsOfTheSameType() {
        return SemanticsTable.of(
                """
                expect:
                  - {name: f, event: {type: e}, within: 10s}
                  - {name: g, event: {type: e}, within: 20s, after: f}
                """,
                """
                one | e@2s                         | MET, MISSED          | FAILED       | e1
                one | e@2s e@3s                    | MET, MET             | PASSED       | e2
                one | e@2s e@2s                    | MET, MET             | PASSED       | e2
                """);
    }

    @TestFactory
    Stream<DynamicTest> afterWhatNeedNotCome() {
        return SemanticsTable.of(
                "expect: [{name: f, event: {type: f}, within: 10s, at-most: 1}, %s]".formatted(G),
                """
                one | g@3s                         | MET, MET             | PASSED       | g1
                one | f@5s g@3s                    | MET, MET             | PASSED       | g1
                one | f@2s f@3s g@1s               | MISSED, MET          | FAILED       | g1
                """);
    }

    @TestFactory
    Stream<DynamicTest> afterWhatNeedNotComeWhereItIsCritical() {
        return SemanticsTable.of(
                """
                critical: true
                expect: [{name: f, event: {type: f}, within: 10s, at-most: 1}, %s]
                """
                        .formatted(G),
                """
                one | g@3s                         | MET, MET             | PASSED       | g1
                two | f@5s f@10s g@3s              | UNCERTAIN, UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> afterWhatIsAwaitedForLonger() {
        return SemanticsTable.of(
                """
                expect:
                  - {name: f, event: {type: f}, within: 20s}
                  - {name: g, event: {type: g}, within: 10s, after: f}
                """,
                """
                one | g@5s now@25s                 | OPEN, OPEN           | PENDING      |
                one | g@5s                         | MISSED, MISSED       | FAILED       |
                one | g@5s gap@21s..22s            | UNCERTAIN, UNCERTAIN | INCONCLUSIVE |
                one | f@3s g@5s gap@21s..22s       | MET, MET             | PASSED       | g1
                """);
    }

    @TestFactory
    Stream<DynamicTest> afterWhatNeedNotComeAndLacksItsKey() {
        return SemanticsTable.of(
                """
                expect:
                  - {name: f, event: {type: f}, within: 10s, at-most: 1, join: [k]}
                  - %s
                """
                        .formatted(G),
                """
                one | t{-}@0s g@3s                 | UNCERTAIN, MET       | INCONCLUSIVE | g1
                one | t{-}@0s                      | UNCERTAIN, MISSED    | FAILED       |
                """);
    }

    @TestFactory
    Stream<DynamicTest> afterTwoOthers() {
        return SemanticsTable.of(
                """
                expect:
                  - {name: e, event: {type: e}, within: 10s}
                  - {name: f, event: {type: f}, within: 10s, at-least: 2}
                  - {name: g, event: {type: g}, within: 20s, after: [e, f]}
                """,
                """
                one | e@1s f@2s f@3s g@4s          | MET, MET, MET        | PASSED       | g1
                one | e@1s f@2s f@3s g@2s          | MET, MET, MISSED     | FAILED       | f2
                one | e@5s f@2s f@3s g@4s          | MET, MET, MISSED     | FAILED       | f2
                one | f@2s f@3s g@4s               | MISSED, MET, MISSED  | FAILED       | f2
                """);
    }

    @TestFactory
    Stream<DynamicTest> slaFromTheTrigger() {
        return SemanticsTable.of(
                """
                expect: [%s]
                sla: [{name: time, to: f, within: 5s}]
                """
                        .formatted(F),
                """
                one | f@5s                         | MET, MET             | PASSED       | f1
                one | f@5s+1ns                     | MET, MISSED          | FAILED       | f1
                one | f@6s f@5s                    | MET, MET             | PASSED       | f2
                two | f@-0.1s                      | MET, MET             | PASSED       | f1
                two | f@4.9s                       | MET, MET             | PASSED       | f1
                two | f@4.9s+1ns                   | MET, UNCERTAIN       | INCONCLUSIVE | f1
                two | f@5.1s-1ns                   | MET, UNCERTAIN       | INCONCLUSIVE | f1
                two | f@5.1s                       | MET, MISSED          | FAILED       | f1
                two | f@10s                        | UNCERTAIN, MISSED    | FAILED       | f1
                one | -                            | MISSED, MISSED       | FAILED       |
                one | now@1s                       | OPEN, OPEN           | PENDING      |
                """);
    }

    @TestFactory
    Stream<DynamicTest> slaOfWhatHasAnUpperLimit() {
        return SemanticsTable.of(
                """
                expect: [{name: f, event: {type: f}, within: 10s, exactly: 1}]
                sla: [{name: time, to: f, within: 5s}]
                """,
                """
                one | f@5s                         | MET, MET             | PASSED       | f1
                one | f@5s now@6s                  | OPEN, MET            | PENDING      | f1
                one | f@6s now@7s                  | OPEN, MISSED         | FAILED       | f1
                one | f@1s f@2s                    | MISSED, MET          | FAILED       | f1
                """);
    }

    @TestFactory
    Stream<DynamicTest> slaBetweenTwo() {
        return SemanticsTable.of(
                """
                expect: [%s, {name: g, event: {type: g}, within: 20s}]
                sla: [{name: time, from: f, to: g, within: 5s}]
                """
                        .formatted(F),
                """
                one | f@2s g@7s                  | MET, MET, MET           | PASSED       | g1
                one | f@2s g@7s+1ns              | MET, MET, MISSED        | FAILED       | g1
                one | f@2s g@2s                  | MET, MET, MET           | PASSED       | g1
                one | f@2s g@2s-1ns              | MET, MET, UNCERTAIN     | INCONCLUSIVE | g1
                two | f@2s g@7s                  | MET, MET, MET           | PASSED       | g1
                two | f@2s g@2s-1ns              | MET, MET, UNCERTAIN     | INCONCLUSIVE | g1
                one | f@2s/venue g@1.9s/risk     | MET, MET, MET           | PASSED       | g1
                one | f@2s/venue g@1.9s-1ns/risk | MET, MET, UNCERTAIN     | INCONCLUSIVE | g1
                one | f@2s/venue g@6.9s/risk     | MET, MET, MET           | PASSED       | g1
                one | f@2s/venue g@7s/risk       | MET, MET, UNCERTAIN     | INCONCLUSIVE | g1
                one | f@2s/venue g@7.1s/risk     | MET, MET, MISSED        | FAILED       | g1
                one | g@7s                       | MISSED, MET, MISSED     | FAILED       | g1
                one | f@2s                       | MET, MISSED, MISSED     | FAILED       | f1
                one | g@7s now@8s                | OPEN, MET, OPEN         | PENDING      | g1
                """);
    }
}
