package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Measure;
import io.tradingecosystem.audit.scenario.expectations.RunScope;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A measure of an expectation that is watched.
 *
 * @param expectation the expectation
 * @param number its place among the measures
 */
record Measuring(Expectation expectation, int number) {

    /** All of an expectation. */
    static Stream<Measuring> of(Expectation expectation) {
        int count = expectation.run().map(RunScope::measures).map(List::size).orElse(0);
        return IntStream.range(0, count).mapToObj(each -> new Measuring(expectation, each));
    }

    Measure measure() {
        return expectation.run().orElseThrow().measures().get(number);
    }

    EventPattern pattern() {
        return measure().pattern();
    }
}
