/**
 * What a caller is told when a request fails, the same at both doors. A room throws its own
 * exceptions; {@link Problems} knows what each means.
 */
@NullMarked
package io.tradingecosystem.audit.problem;

import org.jspecify.annotations.NullMarked;
