/**
 * Who may do what: {@link AccessPolicy} finds the {@link Caller} of a request (client certificate,
 * bearer token, none), and says whether the {@link Permission} that its route asks for is granted.
 * {@link HttpAccess} and {@link GrpcAccess} ask it before anything of a body is read. Of those who
 * send, {@link Limits} says how much each may.
 *
 * <p>Everything runs on the thread of the request; the room has no thread of its own.
 *
 * {@snippet file="access/AccessExampleTest.java" region="access"}
 */
@NullMarked
package io.tradingecosystem.audit.access;

import org.jspecify.annotations.NullMarked;
