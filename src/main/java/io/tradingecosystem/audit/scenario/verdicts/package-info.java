/** Verdicts: what they are, how they are written and read again, what they say in the log. */
@NullMarked
package io.tradingecosystem.audit.scenario.verdicts;

import org.jspecify.annotations.NullMarked;
