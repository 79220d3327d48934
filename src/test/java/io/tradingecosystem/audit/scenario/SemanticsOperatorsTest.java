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
}
