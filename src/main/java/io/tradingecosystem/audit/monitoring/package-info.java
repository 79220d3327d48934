/**
 * What can be seen of the service: {@link Health} (checked on a thread of its own, {@code health}),
 * {@link Meters}, {@link Status}, {@link Identity}. {@link Monitoring} holds them together.
 */
@NullMarked
package io.tradingecosystem.audit.monitoring;

import org.jspecify.annotations.NullMarked;
