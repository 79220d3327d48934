/**
 * Links, timelines, chains, groups and delays at both doors: {@code audit.v1.CorrelationService}
 * and its paths. {@code LinkRoutes} and {@code TimelineRoutes} are the way in over HTTP, {@code
 * LinkGrpc} is the way in over gRPC.
 *
 * <p>Requests run on the threads of the doors; the room has no thread of its own.
 *
 * {@snippet file="app/ServiceExampleTest.java" region="questions"}
 */
@NullMarked
package io.tradingecosystem.audit.api.links;

import org.jspecify.annotations.NullMarked;
