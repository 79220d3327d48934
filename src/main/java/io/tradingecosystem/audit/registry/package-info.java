/**
 * Who is where: register, beat, look up. Knows {@code settings} and {@code logging} only.
 *
 * <p>A look-up is answered from an immutable snapshot in memory and never waits for Redis. While
 * Redis is away the last good snapshot serves on, marked stale.
 */
@NullMarked
package io.tradingecosystem.audit.registry;

import org.jspecify.annotations.NullMarked;
