/**
 * The answer to a caller when a request fails, the same at both doors. A room throws its own
 * exceptions; {@link Problems} knows what each means.
 *
 * <p>Failures are translated on the thread of the request; mappings are shared by all threads.
 *
 * {@snippet file="problem/ProblemsExampleTest.java" region="map"}
 */
@NullMarked
package io.tradingecosystem.audit.problem;

import org.jspecify.annotations.NullMarked;
