/**
 * The command line: {@link Launcher} is the entry point of the jar, {@link Main} reads the
 * arguments, a {@link Command} per word. Commands run on the main thread; {@link Termination} hears
 * signals.
 */
@NullMarked
package io.tradingecosystem.audit.cli;

import org.jspecify.annotations.NullMarked;
