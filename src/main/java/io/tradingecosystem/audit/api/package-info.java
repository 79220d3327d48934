/**
 * What the doors for questions share: parameters, answers, live streams. A door is found by its
 * noun, one room each.
 */
@NullMarked
package io.tradingecosystem.audit.api;

import org.jspecify.annotations.NullMarked;
