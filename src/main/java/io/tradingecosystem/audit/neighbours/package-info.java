/**
 * The doors and meters of registry, configuration and peers. {@link RegistryMonitoring}, {@link
 * ConfigurationMonitoring} and {@link PeerMonitoring} show each of them; {@code ...Routes} and
 * {@code ...Grpc} are their doors. Other services copy this room with those three.
 *
 * <p>Requests run on the threads of the doors, observers are called on those of the room observed;
 * the room has no thread of its own.
 *
 * {@snippet file="neighbours/NeighboursExampleTest.java" region="registry"}
 */
@NullMarked
package io.tradingecosystem.audit.neighbours;

import org.jspecify.annotations.NullMarked;
