/**
 * Calling other services: {@link PeerClients} finds an instance in the registry, calls it over one
 * shared connection, and gives an answer or a {@link ServiceUnavailableException} before the
 * deadline.
 *
 * <p>A call runs on the thread of its caller, an attempt on a virtual thread {@code peer-N}. The
 * virtual thread {@code peer-probe-SERVICE} asks the instances of one service how they are.
 *
 * {@snippet file="peer/PeerExampleTest.java" region="call"}
 */
@NullMarked
package io.tradingecosystem.audit.peer;

import org.jspecify.annotations.NullMarked;
