/**
 * What the sockets of Helidon lack, in front of both listeners: bounds for waiting, connections,
 * files and memory. {@link ListenerConnections} wraps the connections of a listener in {@link
 * BoundedConnection}s. Each class names the fault for which it is there, the tests that show the
 * fault, and the version where to look again.
 *
 * <p>A connection is served on its virtual thread; the platform thread {@code connection-watch}
 * looks at all of them.
 *
 * {@snippet file="server/DoorsExampleTest.java" region="connection"}
 */
@NullMarked
package io.tradingecosystem.audit.server.connection;

import org.jspecify.annotations.NullMarked;
