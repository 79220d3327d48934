/**
 * The audit event: its record ({@link AuditEvent}), ids, validation, names for the same thing. The
 * room is pure Java.
 *
 * <p>Events are immutable and shared by all threads; a builder belongs to one.
 *
 * {@snippet file="event/EventExampleTest.java" region="event"}
 */
@NullMarked
package io.tradingecosystem.audit.event;

import org.jspecify.annotations.NullMarked;
