/**
 * The second engine of the gRPC listener, on Helidon's own HTTP/2 and gRPC, and whatever only it
 * needs. {@code server.grpc.engine: helidon} chooses it.
 */
@NullMarked
package io.tradingecosystem.audit.server.grpc.helidon;

import org.jspecify.annotations.NullMarked;
