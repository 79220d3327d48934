/**
 * The gRPC listener: services, metrics, problems as statuses, and the engine on grpc-java, which is
 * the default. {@link GrpcEngine} is what an engine must do.
 */
@NullMarked
package io.tradingecosystem.audit.server.grpc;

import org.jspecify.annotations.NullMarked;
