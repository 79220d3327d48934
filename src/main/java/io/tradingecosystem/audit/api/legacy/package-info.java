/**
 * The paths of the older service, {@code /api/v1/audit}, for clients that still use them. {@code
 * LegacyEventRoutes}, {@code LegacyLinkRoutes} and {@code LegacyStatusRoutes} are the ways in. No
 * other room knows this one, so the room can go in one commit.
 *
 * <p>Requests run on the threads of the doors; the room has no thread of its own.
 *
 * {@snippet file="app/ServiceExampleTest.java" region="legacy"}
 */
@NullMarked
package io.tradingecosystem.audit.api.legacy;

import org.jspecify.annotations.NullMarked;
