/**
 * The second engine of the gRPC listener, on Helidon's own HTTP/2 and gRPC ({@link HelidonEngine}),
 * and whatever only it needs. {@code server.grpc.engine: helidon} chooses it.
 *
 * <p>Methods run on Helidon's virtual threads of the streams; a call with many requests has the
 * virtual thread {@code grpc-stream}, and the platform thread {@code grpc-deadlines} ends calls in
 * time.
 *
 * {@snippet file="server/DoorsExampleTest.java" region="engine"}
 */
@NullMarked
package io.tradingecosystem.audit.server.grpc.helidon;

import org.jspecify.annotations.NullMarked;
