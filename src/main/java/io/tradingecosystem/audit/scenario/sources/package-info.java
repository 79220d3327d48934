/**
 * The services that are sources of evidence: when each was heard, how late its events come, what it
 * lost, and whether it speaks as expectations want it to. {@link SourceStoreReader} reads what the
 * referee noted as it took in the log; nothing in it is kept elsewhere.
 *
 * <p>What {@link HeardService} counts follows from the log alone, so that counting anew gives the
 * same. Whether a source is silent now is asked with the time of now. The referee's thread writes;
 * reads run on the thread of the caller.
 *
 * {@snippet file="scenario/sources/SourcesExampleTest.java" region="hear"}
 */
@NullMarked
package io.tradingecosystem.audit.scenario.sources;

import org.jspecify.annotations.NullMarked;
