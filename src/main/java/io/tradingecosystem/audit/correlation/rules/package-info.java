/** Rules: what they say, how they are read, how sure they are ({@link Confidence}). */
@NullMarked
package io.tradingecosystem.audit.correlation.rules;

import org.jspecify.annotations.NullMarked;
