/**
 * The way in: {@link Intake} admits, counts and appends what the doors bring, and says what became
 * of each event.
 *
 * <p>Events are taken in on the threads of the doors, which wait for the log; the room has no
 * thread of its own.
 *
 * {@snippet file="ingest/IntakeExampleTest.java" region="intake"}
 */
@NullMarked
package io.tradingecosystem.audit.ingest;

import org.jspecify.annotations.NullMarked;
