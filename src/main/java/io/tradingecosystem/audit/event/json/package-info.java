/** The JSON form of an event, read and written in one pass. */
@NullMarked
package io.tradingecosystem.audit.event.json;

import org.jspecify.annotations.NullMarked;
