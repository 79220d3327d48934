/**
 * What build pipelines ask of a running service: that a run begins, and what became of it. {@link
 * ServiceApi} speaks to the service over HTTP as any client does, {@link RunWait} waits, {@link
 * Reports} writes what pipelines read.
 *
 * <p>Everything runs on the thread of the caller.
 *
 * {@snippet file="pipeline/PipelineExampleTest.java" region="await"}
 */
@NullMarked
package io.tradingecosystem.audit.pipeline;

import org.jspecify.annotations.NullMarked;
