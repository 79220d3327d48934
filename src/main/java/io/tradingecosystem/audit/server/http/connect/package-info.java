/**
 * The Connect protocol (<a href="https://connectrpc.com/docs/protocol/">connectrpc.com</a>) over
 * HTTP/1.1, for methods of gRPC whose callers send one message: {@link ConnectRoutes} serves those
 * of a service, in JSON and in protobuf, with the same implementation that gRPC has.
 *
 * <p>A method runs on the thread of its request, which writes what it answers, whichever thread
 * that comes from. While an answer has no end, a virtual thread {@code connect-gone} waits for the
 * client to go.
 *
 * {@snippet file="server/http/connect/ConnectExampleTest.java" region="connect"}
 */
@NullMarked
package io.tradingecosystem.audit.server.http.connect;

import org.jspecify.annotations.NullMarked;
