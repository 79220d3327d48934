/**
 * Was it right? Expectations about what a trigger must bring about, and a verdict for each time it
 * occurred. {@link VerdictService} is the way in, {@link OfflineVerdicts} the way in for a
 * recording. The room is pure Java over the faces of {@code event} and {@code store}.
 *
 * <p>Verdicts are made on one virtual thread, that of the log's follower named {@code scenario};
 * questions run on the threads of those who ask.
 *
 * {@snippet file="scenario/ScenarioExampleTest.java" region="verify"}
 */
@NullMarked
package io.tradingecosystem.audit.scenario;

import org.jspecify.annotations.NullMarked;
