package io.tradingecosystem.audit.scenario;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/**
 * The semantics of what is not there: keys, lost events, and times that are not over. How a row
 * reads is said at {@link SemanticsTable}.
 */
class SemanticsTimeTest {
    private static final String E = "event: {type: e}, within: 10s";

    @TestFactory
    Stream<DynamicTest> keys() {
        return SemanticsTable.of(
                "expect: [{name: e, %s, join: [k]}]".formatted(E),
                """
                one | t{a}@0s e{a}@5s              | MET                  | PASSED       | e1
                one | t{a}@0s e{b}@5s              | MISSED               | FAILED       |
                one | t{a}@0s e{-}@5s              | MISSED               | FAILED       |
                one | t{a}@0s e{b}@4s e{a}@5s      | MET                  | PASSED       | e2
                one | t{-}@0s e{a}@5s              | UNCERTAIN            | INCONCLUSIVE |
                one | t{-}@0s e{-}@5s              | UNCERTAIN            | INCONCLUSIVE |
                one | t{-}@0s now@1s               | UNCERTAIN            | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> keysOfWhatMustNotCome() {
        return SemanticsTable.of(
                """
                expect: [{name: f, event: {type: f}, within: 10s, at-most: 1, join: [k]}]
                never: [{name: e, %s, join: [{cause: k, effect: k}, k]}]
                """
                        .formatted(E),
                """
                one | t{a}@0s e{a}@5s              | MET, MISSED          | FAILED       | e1
                one | t{a}@0s e{b}@5s e{-}@6s      | MET, MET             | PASSED       |
                one | t{-}@0s                      | UNCERTAIN, UNCERTAIN | INCONCLUSIVE |
                one | t{-}@0s e{-}@5s              | UNCERTAIN, UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> gapsAndWhatMustCome() {
        return SemanticsTable.of(
                "expect: [{name: e, %s}]".formatted(E),
                """
                one | gap@5s..6s                   | UNCERTAIN            | INCONCLUSIVE |
                one | e@5s gap@5s..6s              | MET                  | PASSED       | e1
                one | gap@-2s..0s                  | MISSED               | FAILED       |
                one | gap@-2s..0s+1ns              | UNCERTAIN            | INCONCLUSIVE |
                one | gap@20s-1ns..25s             | UNCERTAIN            | INCONCLUSIVE |
                one | gap@20s..25s                 | MISSED               | FAILED       |
                """);
    }

    @TestFactory
    Stream<DynamicTest> gapsAndAnUpperLimit() {
        return SemanticsTable.of(
                "expect: [{name: e, %s, exactly: 1}]".formatted(E),
                """
                one | e@1s gap@5s..6s              | UNCERTAIN            | INCONCLUSIVE |
                one | gap@5s..6s                   | UNCERTAIN            | INCONCLUSIVE |
                one | e@1s e@2s gap@5s..6s         | MISSED               | FAILED       | e2
                """);
    }

    @TestFactory
    Stream<DynamicTest> gapsAndWhatMustNotCome() {
        return SemanticsTable.of(
                "never: [{name: e, %s}]".formatted(E),
                """
                one | gap@5s..6s                   | UNCERTAIN            | INCONCLUSIVE |
                one | e@1s gap@5s..6s              | MISSED               | FAILED       | e1
                one | gap@20s..25s                 | MET                  | PASSED       |
                """);
    }

    @TestFactory
    Stream<DynamicTest> whenItIsOver() {
        return SemanticsTable.of(
                "expect: [{name: e, %s}]".formatted(E),
                """
                one | now@20s-1ns                  | OPEN                 | PENDING not final      |
                one | now@20s                      | MISSED               | FAILED final           |
                one | e@5s now@6s                  | MET                  | PASSED not final       | e1
                one | e@5s now@20s                 | MET                  | PASSED final           | e1
                one | t@0s^5s now@20s-1ns          | OPEN                 | PENDING not final      |
                one | t@0s^5s now@20s              | MISSED               | FAILED final           |
                one | t@0s^15s now@25s-1ns         | OPEN                 | PENDING not final      |
                one | t@0s^15s now@25s             | MISSED               | FAILED final           |
                one | e@9s^90s now@91s             | MET                  | PASSED final           | e1
                one | gap@5s..6s now@36s-1ns       | OPEN                 | PENDING not final      |
                one | gap@5s..6s now@36s           | UNCERTAIN            | INCONCLUSIVE final     |
                one | t@0s^15s gap@21s..22s now@51s | OPEN                | PENDING not final      |
                one | t@0s^15s gap@21s..22s now@52s | UNCERTAIN           | INCONCLUSIVE final     |
                """);
    }

    @TestFactory
    Stream<DynamicTest> whenAnUpperLimitIsOver() {
        return SemanticsTable.of(
                """
                expect: [{name: f, event: {type: f}, within: 5s, exactly: 1}]
                never: [{name: e, %s}]
                """
                        .formatted(E),
                """
                one | f@1s now@15s-1ns             | OPEN, OPEN           | PENDING not final      |
                one | f@1s now@15s                 | MET, OPEN            | PENDING not final      | f1
                one | f@1s now@20s                 | MET, MET             | PASSED final           | f1
                one | f@1s f@2s now@3s             | MISSED, OPEN         | FAILED not final       | f2
                one | f@1s e@2s now@3s             | OPEN, MISSED         | FAILED not final       | e1
                one | now@15s                      | MISSED, OPEN         | FAILED not final       |
                """);
    }
}
