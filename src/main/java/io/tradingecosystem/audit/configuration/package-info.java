/**
 * Values that can change at run time, from the configuration service. {@link ConfigurationClient}
 * is the way in. The room knows {@code common}, {@code settings} and {@code logging} only, so that
 * it can be copied into another service as it is.
 *
 * <p>A value is answered from memory; a caller that has an old value never waits for the service.
 * While the service is away the last good answers serve on, marked stale, after a restart too.
 *
 * <p>The virtual thread {@code configuration-keep} confirms values before they become stale, and
 * each load has a virtual thread {@code configuration-load-N}. Listeners are called on these.
 *
 * {@snippet file="configuration/ConfigurationExampleTest.java" region="client"}
 */
@NullMarked
package io.tradingecosystem.audit.configuration;

import org.jspecify.annotations.NullMarked;
