package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.ShippedDefinitions;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class ShippedExpectationsTest {
    @Test
    void shouldAllBeValidAndListed() throws IOException {
        ShippedDefinitions.shouldBeValidAndListed(ExpectationReader.KIND);
    }
}
