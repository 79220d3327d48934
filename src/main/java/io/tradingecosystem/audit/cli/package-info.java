/**
 * The command line. {@link Launcher} is the entry point of the jar, {@link Main} reads the
 * arguments, a {@link Command} does the work of one word.
 *
 * <p>Commands run on the main thread; {@link Termination} hears signals on a thread of the JVM.
 *
 * {@snippet file="cli/CommandLineExampleTest.java" region="verify"}
 */
@NullMarked
package io.tradingecosystem.audit.cli;

import org.jspecify.annotations.NullMarked;
