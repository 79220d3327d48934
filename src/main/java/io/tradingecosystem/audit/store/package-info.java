/**
 * Keeps what was reported, durably and once, and finds it again. {@link EventStore} is the way in,
 * with its faces {@link EventLog}, {@link EventIndex} and {@link Projections}; {@link MemoryStore}
 * has the same faces in memory. No other room knows which database is behind them.
 *
 * <p>The platform thread {@code log-committer} writes, {@code log-retention} deletes what is too
 * old, {@code log-seal} makes hashes of what is complete, {@code log-sweep} looks for damage,
 * {@code store-opening} opens the database; the virtual thread {@code event-fetch} reads ahead of a
 * query.
 *
 * {@snippet file="store/StoreExampleTest.java" region="store"}
 */
@NullMarked
package io.tradingecosystem.audit.store;

import org.jspecify.annotations.NullMarked;
