/**
 * Links, timelines, chains, groups and delays at both doors: {@code audit.v1.CorrelationService}
 * and its paths.
 */
@NullMarked
package io.tradingecosystem.audit.api.links;

import org.jspecify.annotations.NullMarked;
