/**
 * Which services there are and who calls whom, as it was seen: in the registry, by asking peers, in
 * links and in spans. {@link Topology} is the way in. The room knows the tools, {@code event},
 * {@code store}, {@code correlation}, {@code registry} and {@code peer}.
 *
 * <p>Nothing is done while nobody asks or watches: whoever does brings it up to date, at most once
 * in two seconds, by the newest stretch of the log within a budget. It has no thread of its own.
 *
 * {@snippet file="topology/TopologyExampleTest.java" region="topology"}
 */
@NullMarked
package io.tradingecosystem.audit.topology;

import org.jspecify.annotations.NullMarked;
