/**
 * Two runs side by side at both doors: {@code audit.v1.ComparisonService} and {@code
 * /api/v1/comparisons}. {@code ComparisonRoutes} is the way in over HTTP, {@code ComparisonGrpc}
 * that over gRPC.
 *
 * <p>Requests run on the threads of the doors; the room has no thread of its own.
 *
 * {@snippet file="app/ServiceExampleTest.java" region="questions"}
 */
@NullMarked
package io.tradingecosystem.audit.api.comparisons;

import org.jspecify.annotations.NullMarked;
