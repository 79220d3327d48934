/**
 * Calling other services: {@link PeerClients} finds an instance in the registry, calls it over one
 * shared connection, and gives an answer or a {@link ServiceUnavailableException} before the
 * deadline.
 */
@NullMarked
package io.tradingecosystem.audit.peer;

import org.jspecify.annotations.NullMarked;
