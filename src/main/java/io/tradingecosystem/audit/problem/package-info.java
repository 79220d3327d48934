/**
 * What a caller is told when a request fails, the same at both doors. A room throws its own
 * exceptions; {@link Problems} knows what each means.
 *
 * <p>Failures are translated on the thread of the request; mappings are shared by all threads.
 *
 * {@snippet class="io.tradingecosystem.audit.problem.ProblemsExampleTest" region="map"}
 */
@NullMarked
package io.tradingecosystem.audit.problem;

import org.jspecify.annotations.NullMarked;
