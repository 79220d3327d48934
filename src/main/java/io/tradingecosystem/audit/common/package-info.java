/**
 * Tools that know no room: bytes, hashes, ids, back-off, JSON, durations. A tool exists once;
 * {@link Durations} and {@link Json} are used most.
 *
 * <p>Tools run on the thread of their caller; those that keep something say whether threads may
 * share it.
 *
 * {@snippet file="common/CommonExampleTest.java" region="durations"}
 */
@NullMarked
package io.tradingecosystem.audit.common;

import org.jspecify.annotations.NullMarked;
