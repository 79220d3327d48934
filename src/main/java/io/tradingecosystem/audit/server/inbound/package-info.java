/** The bound on what comes in at a door, whichever protocol it speaks. */
@NullMarked
package io.tradingecosystem.audit.server.inbound;

import org.jspecify.annotations.NullMarked;
