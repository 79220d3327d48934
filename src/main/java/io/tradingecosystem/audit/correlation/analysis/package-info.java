/** What events and links tell: timelines, causal chains, groups, delays. */
@NullMarked
package io.tradingecosystem.audit.correlation.analysis;

import org.jspecify.annotations.NullMarked;
