/**
 * Who asked what: the doors note each request of which {@link AccessLog} has to tell, and what
 * answers says to the request's {@link Disclosure} how much it tells. Nothing of it comes into the
 * log of events, so that nobody who watches events sees that he does.
 *
 * <p>What is noted is put together on the thread of the request; one thread writes.
 *
 * {@snippet file="access/log/AccessLogExampleTest.java" region="log"}
 */
@NullMarked
package io.tradingecosystem.audit.access.log;

import org.jspecify.annotations.NullMarked;
