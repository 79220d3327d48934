/**
 * CloudEvents (version 1.0) as events: of JSON, and of headers with a body. What HTTP brings is
 * read by the door in {@code api.events}.
 *
 * <p>All of it runs on the thread of its caller.
 *
 * {@snippet file="ingest/cloudevents/CloudEventsExampleTest.java" region="batch"}
 */
@NullMarked
package io.tradingecosystem.audit.ingest.cloudevents;

import org.jspecify.annotations.NullMarked;
