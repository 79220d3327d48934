/**
 * What the sockets of Helidon lack, in front of both listeners: bounds for waiting, connections,
 * files and memory. Each class names the fault for which it is there and the version where to look
 * again.
 */
@NullMarked
package io.tradingecosystem.audit.server.connection;

import org.jspecify.annotations.NullMarked;
