/**
 * Plays a recording into a running service and shows in the terminal what the service made of it.
 * {@link Player} is the way in.
 *
 * <p>A recording is played on the thread of the caller; the room has no thread of its own.
 *
 * {@snippet file="app/ServiceExampleTest.java" region="play"}
 */
@NullMarked
package io.tradingecosystem.audit.demo;

import org.jspecify.annotations.NullMarked;
