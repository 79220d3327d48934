/**
 * The doors of the service and what is seen through them: HTTP routes, the gRPC listener, health,
 * metrics, the status document, errors, and the order in which all this ends.
 */
@NullMarked
package io.tradingecosystem.audit.server;

import org.jspecify.annotations.NullMarked;
