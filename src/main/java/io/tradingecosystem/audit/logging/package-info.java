/** One line per event, for people or as JSON. Knows no other room. */
@NullMarked
package io.tradingecosystem.audit.logging;

import org.jspecify.annotations.NullMarked;
