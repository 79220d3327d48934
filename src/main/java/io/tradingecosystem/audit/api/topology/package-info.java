/**
 * The topology at the doors: {@code audit.v1.TopologyService}, and as JSON for the page.
 *
 * <p>Handlers run on the thread of their request; who watches has the virtual threads {@code
 * topology-watch} and {@code topology-metrics}.
 *
 * {@snippet file="api/topology/TopologyDoorsExampleTest.java" region="doors"}
 */
@NullMarked
package io.tradingecosystem.audit.api.topology;

import org.jspecify.annotations.NullMarked;
