/**
 * The composition root: {@link AuditCorrelator} builds every room by hand, starts them in order and
 * ends them in reverse. A {@code ...Wiring} class puts one room on its neighbours and into the
 * doors.
 */
@NullMarked
package io.tradingecosystem.audit.app;

import org.jspecify.annotations.NullMarked;
