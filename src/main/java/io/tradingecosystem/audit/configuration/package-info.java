/**
 * Values that can change at run time, from the configuration service. Knows {@code settings} and
 * {@code logging} only, so that it can be copied into another service as it is.
 *
 * <p>A value is answered from memory; whoever has an old one never waits for the service. While the
 * service is away the last good answers serve on, marked stale, after a restart too.
 */
@NullMarked
package io.tradingecosystem.audit.configuration;

import org.jspecify.annotations.NullMarked;
