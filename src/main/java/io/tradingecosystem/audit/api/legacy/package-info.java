/** The paths of the older service, {@code /api/v1/audit}. They can go in one commit. */
@NullMarked
package io.tradingecosystem.audit.api.legacy;

import org.jspecify.annotations.NullMarked;
