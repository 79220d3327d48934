/**
 * The way in: {@link Intake} admits, counts and appends what the doors bring, and says what became
 * of each event.
 */
@NullMarked
package io.tradingecosystem.audit.ingest;

import org.jspecify.annotations.NullMarked;
