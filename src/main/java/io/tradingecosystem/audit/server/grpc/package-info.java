/**
 * The engines behind the gRPC listener: they speak HTTP/2 and gRPC on the connections that
 * Helidon's listener accepts. They know nothing of what is served.
 */
@NullMarked
package io.tradingecosystem.audit.server.grpc;

import org.jspecify.annotations.NullMarked;
