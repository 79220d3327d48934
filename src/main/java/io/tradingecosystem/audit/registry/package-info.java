/**
 * Who is where: register, send heartbeats, look up. {@link ServiceRegistry} is the way in. The room
 * knows {@code common}, {@code settings} and {@code logging} only.
 *
 * <p>A look-up is answered from an immutable snapshot in memory and never waits for Redis. While
 * Redis is away the last good snapshot serves on, marked stale.
 *
 * <p>The virtual threads {@code registry-refresh} and {@code registry-heartbeat} read and write
 * what is in Redis; listeners are called on the former.
 *
 * {@snippet file="registry/RegistryExampleTest.java" region="register"}
 */
@NullMarked
package io.tradingecosystem.audit.registry;

import org.jspecify.annotations.NullMarked;
