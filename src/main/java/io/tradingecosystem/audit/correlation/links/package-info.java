/**
 * Links: what they are, how they are kept and read again. {@link LinkIndex} answers questions about
 * causes and effects, {@link LinkStoreReader} those that take pages.
 *
 * <p>Links are read on the threads of those who ask and written on the thread of the follower
 * {@code correlation} only.
 *
 * {@snippet file="correlation/CorrelationExampleTest.java" region="index"}
 */
@NullMarked
package io.tradingecosystem.audit.correlation.links;

import org.jspecify.annotations.NullMarked;
