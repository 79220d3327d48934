/**
 * The JSON form of an event, read ({@link EventJsonReader}) and written ({@link EventJsonWriter})
 * in one pass, and the files of a recording ({@link Recording}).
 *
 * <p>Readers and writers run on the thread of their caller.
 *
 * {@snippet file="event/EventExampleTest.java" region="json"}
 */
@NullMarked
package io.tradingecosystem.audit.event.json;

import org.jspecify.annotations.NullMarked;
