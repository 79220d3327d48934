/**
 * What is derived from the log, one follower at a time: {@link LogFollower} takes the log to some
 * work on a virtual thread of its own, {@link StoreTransaction} makes changes visible together.
 */
@NullMarked
package io.tradingecosystem.audit.projection;

import org.jspecify.annotations.NullMarked;
