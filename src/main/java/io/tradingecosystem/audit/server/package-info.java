/**
 * Both listeners, one web server: {@link Doors} collects what rooms add, {@link OpenDoors} serves
 * it and ends it in order. The rooms below are {@code connection} (bounds for sockets), {@code
 * http}, {@code grpc} and {@code grpc.helidon}. The server knows no room of the domain and can be
 * copied into another service.
 *
 * <p>Helidon's listeners accept on threads of their own and give each connection a virtual thread.
 * {@code connection-watch} ends waits, {@code grpc-drain} lets calls finish when the server closes.
 *
 * {@snippet file="server/DoorsExampleTest.java" region="doors"}
 */
@NullMarked
package io.tradingecosystem.audit.server;

import org.jspecify.annotations.NullMarked;
