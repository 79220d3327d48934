package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.matching.IntervalJoin;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;

/** A part of an expectation, by its place among its parts. */
record Sought(Watched watched, int part) {
    Part wanted() {
        return watched.expectation().parts().get(part);
    }

    IntervalJoin join() {
        return watched.joins().get(part);
    }
}
