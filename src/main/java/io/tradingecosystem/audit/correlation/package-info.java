/**
 * What caused what: rules, links, groups, causal chains, timelines. {@link LinkService} is the way
 * in, {@link OfflineLinks} the way in for a recording. The room is pure Java over the faces of
 * {@code event} and {@code store}.
 *
 * <p>Links are found on one virtual thread, that of the log's follower named {@code correlation},
 * and are committed there together with its position; questions run on the threads of those who
 * ask.
 *
 * {@snippet file="correlation/CorrelationExampleTest.java" region="links"}
 */
@NullMarked
package io.tradingecosystem.audit.correlation;

import org.jspecify.annotations.NullMarked;
