/** The composition root. */
@NullMarked
package io.tradingecosystem.audit;

import org.jspecify.annotations.NullMarked;
