/**
 * Plays a recording into a running service and shows in the terminal what the service made of it.
 */
@NullMarked
package io.tradingecosystem.audit.demo;

import org.jspecify.annotations.NullMarked;
