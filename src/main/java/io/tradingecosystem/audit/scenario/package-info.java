/**
 * Was it right? Expectations about what a trigger must bring about, and a verdict for each time it
 * occurred. Pure Java over the faces of {@code event} and {@code store}.
 */
@NullMarked
package io.tradingecosystem.audit.scenario;

import org.jspecify.annotations.NullMarked;
