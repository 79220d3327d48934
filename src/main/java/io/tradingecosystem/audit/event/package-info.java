/** The audit event: its record, ids, validation, names for the same thing. Pure Java. */
@NullMarked
package io.tradingecosystem.audit.event;

import org.jspecify.annotations.NullMarked;
