package io.tradingecosystem.audit.scenario;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/** The semantics of what says which events count for a part, as a table. */
class SemanticsOperatorsTest {

    @TestFactory
    Stream<DynamicTest> anyOfSeveral() {
        return SemanticsTable.of(
                """
                expect:
                  - name: ended
                    event: {any-of: [{type: filled}, {type: rejected}, {type: 'fill*'}]}
                    within: 10s
                    exactly: 2
                """,
                """
                one | filled@1s                       | MISSED    | FAILED       |
                one | filled@1s rejected@2s           | MET       | PASSED       | rejected1
                one | filled@1s filled@2s             | MET       | PASSED       | filled2
                one | filled@1s other@2s              | MISSED    | FAILED       |
                one | filled@1s rejected@2s filled@3s | MISSED    | FAILED       | filled2
                two | filled@1s rejected@10s          | UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> becomesSteady() {
        return SemanticsTable.of(
                """
                steady: [{name: e, event: {type: e}, within: 10s, for: 5s, at-most: 1}]
                """,
                """
                one | -                                                  | MET    | PASSED  |
                one | e@1s e@2s                                          | MET    | PASSED  |
                one | e@1s e@6s e@11s                                    | MET    | PASSED  |
                one | e@1s e@2s e@9s e@10s                               | MET    | PASSED  |
                one | e@4s e@4.9s e@9s e@9.5s e@10s e@14.9s              | MET    | PASSED  |
                one | e@4s e@4.9s e@9s e@9.5s e@10s e@14s e@14.9s        | MISSED | FAILED  |
                one | e@4s e@4.9s e@9s e@9.5s e@10s-1ns e@14s e@15s      | MET    | PASSED  |
                one | e@4s e@4.9s e@9s e@9.5s e@10s-1ns e@14s e@15s-1ns  | MISSED | FAILED  |
                one | e@1s now@25s-1ns                                   | OPEN   | PENDING |
                """);
    }

    @TestFactory
    Stream<DynamicTest> neverUntil() {
        return SemanticsTable.of(
                "never: [{name: e, event: {type: e}, within: 1m, until: {type: u}}]",
                """
                one | -                       | MET       | PASSED       |
                one | e@1s                    | MISSED    | FAILED       | e1
                one | e@1s u@2s               | MISSED    | FAILED       | e1
                one | u@1s e@2s               | MET       | PASSED       |
                one | u@2s e@2s-1ns           | MISSED    | FAILED       | e1
                one | u@2s e@2s               | MET       | PASSED       |
                one | u@0s e@0s               | MET       | PASSED       |
                one | u@0s-1ns e@1s           | MISSED    | FAILED       | e1
                one | e@1s u@0.5s^50s         | MET       | PASSED       |
                two | u@0.1s e@1s             | MET       | PASSED       |
                two | u@0.1s-1ns e@1s         | UNCERTAIN | INCONCLUSIVE |
                two | u@-0.1s-1ns e@1s        | MISSED    | FAILED       | e1
                two | u@2s e@2.1s/risk        | MET       | PASSED       |
                two | u@2s e@2.1s-1ns/risk    | UNCERTAIN | INCONCLUSIVE |
                two | u@2s e@1.9s/risk        | UNCERTAIN | INCONCLUSIVE |
                two | u@2s e@1.9s-1ns/risk    | MISSED    | FAILED       | e1
                """);
    }

    @TestFactory
    Stream<DynamicTest> untilWhatMayHaveComeIsRecorded() {
        return SemanticsTable.of(
                "never: [{name: e, event: {type: e}, within: 1m, until: {type: u}}]",
                """
                one | e@1s now@11s-1ns           | OPEN      | PENDING      |
                one | e@1s now@11s               | MISSED    | FAILED not final | e1
                one | t@0s^7s e@1s^5s now@17s-1ns | OPEN    | PENDING      |
                one | u@2s now@12s-1ns           | OPEN      | PENDING      |
                one | u@2s now@12s               | MET       | PASSED not final |
                one | u@2s now@70s               | MET       | PASSED final |
                one | gap@0.5s..0.7s e@1s        | UNCERTAIN | INCONCLUSIVE |
                one | gap@11s..12s e@1s          | MISSED    | FAILED       | e1
                one | gap@1s..1.5s u@2s          | UNCERTAIN | INCONCLUSIVE |
                one | gap@12s..13s u@2s          | MET       | PASSED       |
                """);
    }

    @TestFactory
    Stream<DynamicTest> effectUntil() {
        return SemanticsTable.of(
                "expect: [{name: e, event: {type: e}, within: 1m, until: {type: u}}]",
                """
                one | e@1s u@2s        | MET       | PASSED       | e1
                one | u@1s e@2s        | MISSED    | FAILED       |
                one | e@1s now@11s-1ns | OPEN      | PENDING      |
                one | e@1s now@11s     | MET       | PASSED       | e1
                one | u@1s now@11s     | MISSED    | FAILED not final |
                two | e@1s u@1s        | MISSED    | FAILED       |
                two | e@1s u@1s/risk   | UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> whileAStateLasts() {
        return SemanticsTable.of(
                """
                while: {from: {type: t}, to: {type: u}, by: [k], at-most: 1m}
                never: [{name: e, event: {type: e}}]
                """,
                """
                one | t{7}@0s e{7}@5s            | MISSED | FAILED | e1
                one | t{7}@0s e{8}@5s            | MET    | PASSED |
                one | t{7}@0s u{7}@4s e{7}@5s    | MET    | PASSED |
                one | t{7}@0s u{8}@4s e{7}@5s    | MISSED | FAILED | e1
                one | t{7}@0s e{7}@60s+1ns       | MET    | PASSED |
                one | t{-}@0s e{7}@5s            | UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> neverUnless() {
        return SemanticsTable.of(
                "never: [{name: e, event: {type: e}, within: 10s, unless: {event: {type: x}}}]",
                """
                one | e@1s                   | MISSED    | FAILED       | e1
                one | x@2s                   | MET       | PASSED       |
                one | e@1s x@2s              | MET       | PASSED       |
                one | e@1s x@10s             | MET       | PASSED       |
                one | e@1s x@10s+1ns         | MISSED    | FAILED       | e1
                one | e@1s x@0s-1ns          | MISSED    | FAILED       | e1
                one | e@1s now@20s-1ns       | OPEN      | PENDING      |
                one | e@1s now@20s           | MISSED    | FAILED       | e1
                one | e@1s x@2s now@2s       | MET       | PASSED not final |
                one | e@1s x@2s^50s          | MET       | PASSED       |
                one | e@1s gap@15s..16s      | UNCERTAIN | INCONCLUSIVE |
                one | gap@15s..16s           | UNCERTAIN | INCONCLUSIVE |
                one | e@1s x@2s gap@15s..16s | MET       | PASSED       |
                two | e@1s x@0.1s-1ns        | UNCERTAIN | INCONCLUSIVE |
                two | e@1s x@0.1s            | MET       | PASSED       |
                two | e@1s x@10s             | UNCERTAIN | INCONCLUSIVE |
                two | e@10s                  | UNCERTAIN | INCONCLUSIVE |
                two | e@10s x@5s             | MET       | PASSED       |
                """);
    }

    @TestFactory
    Stream<DynamicTest> effectUnless() {
        return SemanticsTable.of(
                """
                expect:
                  - {name: e, event: {type: e}, within: 5s,
                     unless: {event: {type: x}, within: 20s, join: [k]}}
                  - {name: f, event: {type: f}, within: 10s, after: e}
                sla: [{name: s, to: e, within: 1s}]
                """,
                """
                one | e@1s f@2s              | MET, MET, MET          | PASSED | e1
                one | f@2s x@20s             | MET, MET, MET          | PASSED |
                one | f@2s e@3s              | MET, MISSED, MISSED    | FAILED | e1
                one | f@2s e@3s now@22s      | MET, OPEN, OPEN        | PENDING | e1
                one | x@20s                  | MET, MET, MET          | PASSED |
                one | f@2s now@25s           | OPEN, OPEN, OPEN       | PENDING |
                one | e@2s f@3s              | MET, MET, MISSED       | FAILED | e1
                one | t{-}@0s f@2s           | UNCERTAIN, UNCERTAIN, UNCERTAIN | INCONCLUSIVE |
                """);
    }

    @TestFactory
    Stream<DynamicTest> allUnless() {
        return SemanticsTable.of(
                """
                unless: {event: {type: x}, within: 20s, join: []}
                expect: [{name: e, event: {type: e}, within: 5s}]
                never: [{name: f, event: {type: f}, within: 5s}]
                """,
                """
                one | f@1s       | MISSED, MISSED | FAILED | f1
                one | f@1s x@20s | MET, MET       | PASSED |
                one | e@1s f@1s x@2s | MET, MET   | PASSED | e1
                """);
    }

    @TestFactory
    Stream<DynamicTest> variablesOfAnEffect() {
        return SemanticsTable.of(
                """
                let: {id: e.k}
                expect:
                  - {name: e, event: {type: e}, within: 10s}
                  - {name: f, event: {type: f, attributes: {k: '${id}'}}, within: 20s, after: e}
                """,
                """
                one | e{7}@1s f{7}@2s             | MET, MET             | PASSED       | f1
                one | e{7}@1s f{7.0}@2s           | MET, MET             | PASSED       | f1
                one | e{7}@1s f{8}@2s             | MET, MISSED          | FAILED       | e1
                one | e{7}@1s f{-}@2s             | MET, MISSED          | FAILED       | e1
                one | e{-}@1s f{7}@2s             | MET, UNCERTAIN       | INCONCLUSIVE | e1
                one | f{7}@2s                     | MISSED, MISSED       | FAILED       |
                one | f{7}@2s now@5s              | OPEN, OPEN           | PENDING      |
                one | e{7}@1s e{8}@2s f{8}@3s     | MET, MISSED          | FAILED       | e1
                one | e{7}@3s e{8}@2s f{8}@4s     | MET, MET             | PASSED       | f1
                one | e{7}@2s e{8}@2s f{7}@3s     | MET, UNCERTAIN       | INCONCLUSIVE | e1
                one | e{7}@2s e{7}@2s f{7}@3s     | MET, MET             | PASSED       | f1
                one | e{7}@2s f{8}@3s e{8}@1s^25s | MET, MET             | PASSED       | f1
                one | e{7}@1s f{7}@2s gap@3s..4s  | MET, UNCERTAIN       | INCONCLUSIVE | e1
                two | e{7}@1s e{8}@1.1s f{7}@3s   | MET, MET             | PASSED       | f1
                two | e{7}@1s e{8}@1.1s/risk f{7}@3s | MET, UNCERTAIN    | INCONCLUSIVE | e1
                two | e{7}@1s e{8}@1.1s+1ns/risk f{7}@3s | MET, MET      | PASSED       | f1
                two | e{7}@0s e{8}@1s f{7}@3s     | MET, UNCERTAIN       | INCONCLUSIVE | e1
                two | e{7}@0.1s e{8}@1s f{7}@3s   | MET, MET             | PASSED       | f1
                """);
    }

    @TestFactory
    Stream<DynamicTest> variablesOfTheTrigger() {
        return SemanticsTable.of(
                """
                let: {id: trigger.k}
                expect:
                  - name: e
                    event: {type: e, attributes: {k: '${id}'}}
                    within: 10s
                    until: {type: u, attributes: {k: '${id}'}}
                """,
                """
                one | t{7}@0s e{7}@1s         | MET       | PASSED       | e1
                one | t{7}@0s e{7.0}@1s       | MET       | PASSED       | e1
                one | t{7}@0s e{8}@1s         | MISSED    | FAILED       |
                one | t{7}@0s e{-}@1s         | MISSED    | FAILED       |
                one | t{-}@0s e{7}@1s         | UNCERTAIN | INCONCLUSIVE |
                one | t{7}@0s u{7}@1s e{7}@2s | MISSED    | FAILED       |
                one | t{7}@0s u{8}@1s e{7}@2s | MET       | PASSED       | e1
                """);
    }
}
