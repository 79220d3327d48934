/**
 * What can be seen of the service: {@link Health}, {@link Conditions}, {@link Meters}, {@link
 * Status}, {@link Identity}. {@link Monitoring} holds them together and is what other rooms are
 * given.
 *
 * <p>Health checks run on the virtual thread {@code health}, once a second, conditions on the
 * thread {@code conditions}, four times a second; meters and sections of the status are read on the
 * threads of those who ask.
 *
 * {@snippet file="monitoring/MonitoringExampleTest.java" region="monitoring"}
 */
@NullMarked
package io.tradingecosystem.audit.monitoring;

import org.jspecify.annotations.NullMarked;
