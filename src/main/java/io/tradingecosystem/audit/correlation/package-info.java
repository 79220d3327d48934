/** What caused what: rules, links, groups, causal chains, timelines. */
@NullMarked
package io.tradingecosystem.audit.correlation;

import org.jspecify.annotations.NullMarked;
