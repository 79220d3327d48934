/**
 * The HTTP listener ({@link HttpListener}): routes ({@link HttpRoutes}), filter, bodies ({@link
 * RequestBodies}), problem details, the pages about the service itself.
 *
 * <p>A request is served on the virtual thread of its connection; the room has no thread of its
 * own.
 *
 * {@snippet file="server/DoorsExampleTest.java" region="routes"}
 */
@NullMarked
package io.tradingecosystem.audit.server.http;

import org.jspecify.annotations.NullMarked;
