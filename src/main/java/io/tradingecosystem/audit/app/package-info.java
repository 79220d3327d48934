/**
 * The composition root. {@link AuditCorrelator} builds every room by hand, starts them in order and
 * ends them in reverse; a {@code ...Wiring} class puts one room on its neighbours and into the
 * doors.
 *
 * <p>The main thread starts and ends the service; the room has no thread of its own.
 *
 * {@snippet file="app/ServiceExampleTest.java" region="start"}
 */
@NullMarked
package io.tradingecosystem.audit.app;

import org.jspecify.annotations.NullMarked;
