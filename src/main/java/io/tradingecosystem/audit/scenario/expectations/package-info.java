/** Expectations: what they say, how they are read, which are in force. */
@NullMarked
package io.tradingecosystem.audit.scenario.expectations;

import org.jspecify.annotations.NullMarked;
