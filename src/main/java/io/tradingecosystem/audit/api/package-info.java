/**
 * What the doors for questions share: parameters, answers, live streams. A door is found by its
 * noun, one room each; {@link OpenApiRoutes} describes all of their paths.
 *
 * <p>A request of HTTP runs on the virtual thread of its connection, a call of gRPC on one of its
 * own. A live stream over gRPC has one thread more, which {@link LiveCalls} names.
 *
 * {@snippet file="app/ServiceExampleTest.java" region="questions"}
 */
@NullMarked
package io.tradingecosystem.audit.api;

import org.jspecify.annotations.NullMarked;
