/**
 * Keeps what was told, durably and once, and finds it again. Nothing outside knows which database
 * is behind it.
 */
@NullMarked
package io.tradingecosystem.audit.store;

import org.jspecify.annotations.NullMarked;
