/**
 * Events at both doors: {@code /api/v1/events} and {@code audit.v1.EventService}. {@code
 * EventRoutes} and {@code EventIntakeRoutes} are the way in over HTTP, {@code EventGrpc} is the way
 * in over gRPC.
 *
 * <p>Requests run on the threads of the doors. The virtual thread {@code batch-stream} answers a
 * stream of batches, {@code event-feed} stores what a stream of records brings.
 *
 * {@snippet file="app/ServiceExampleTest.java" region="events"}
 */
@NullMarked
package io.tradingecosystem.audit.api.events;

import org.jspecify.annotations.NullMarked;
