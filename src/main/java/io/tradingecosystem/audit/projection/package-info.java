/**
 * What is derived from the log, one follower at a time: {@link LogFollower} takes the log to some
 * work, {@link StoreTransaction} makes changes visible together with the position they come from.
 *
 * <p>Each follower has a virtual thread of its own, with the name it is given; its work needs no
 * locks against itself.
 *
 * {@snippet file="projection/ProjectionExampleTest.java" region="follower"}
 */
@NullMarked
package io.tradingecosystem.audit.projection;

import org.jspecify.annotations.NullMarked;
