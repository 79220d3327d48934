/** Events at both doors: {@code /api/v1/events} and {@code audit.v1.EventService}. */
@NullMarked
package io.tradingecosystem.audit.api.events;

import org.jspecify.annotations.NullMarked;
