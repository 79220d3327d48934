/**
 * Expectations: what they say, how they are read, which are in force. {@link ExpectationReader}
 * reads them, {@link ExpectationSource} reads a folder of them.
 *
 * <p>Expectations are immutable and shared by all threads; the room has no thread of its own.
 *
 * {@snippet file="scenario/ScenarioExampleTest.java" region="expectation"}
 */
@NullMarked
package io.tradingecosystem.audit.scenario.expectations;

import org.jspecify.annotations.NullMarked;
