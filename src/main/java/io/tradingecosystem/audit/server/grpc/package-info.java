/**
 * The gRPC listener ({@link GrpcListener}): services, metrics, problems as statuses, and the engine
 * on grpc-java ({@link GrpcJavaEngine}), which is the default. {@link GrpcEngine} is what an engine
 * must do; {@link PacedCall} sends the answers of a streaming call.
 *
 * <p>Each connection has two virtual threads of the transport, each call has one. A streaming call
 * has one thread more, whose name {@link PacedCall#start} is given.
 *
 * {@snippet file="server/DoorsExampleTest.java" region="paced"}
 */
@NullMarked
package io.tradingecosystem.audit.server.grpc;

import org.jspecify.annotations.NullMarked;
