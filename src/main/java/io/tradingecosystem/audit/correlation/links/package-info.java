/** Links: what they are, how they are kept and read again. {@link LinkIndex} answers questions. */
@NullMarked
package io.tradingecosystem.audit.correlation.links;

import org.jspecify.annotations.NullMarked;
