/**
 * Expectations, verdicts, runs and reports at both doors: {@code audit.v1.ScenarioService} and its
 * paths. {@code VerdictRoutes} is the way in over HTTP, {@code VerdictGrpc} is the way in over
 * gRPC.
 *
 * <p>Requests run on the threads of the doors; the room has no thread of its own.
 *
 * {@snippet file="app/ServiceExampleTest.java" region="questions"}
 */
@NullMarked
package io.tradingecosystem.audit.api.verdicts;

import org.jspecify.annotations.NullMarked;
