/**
 * The doors and meters of registry, configuration and peers. Other services copy this room with
 * those three.
 */
@NullMarked
package io.tradingecosystem.audit.neighbours;

import org.jspecify.annotations.NullMarked;
