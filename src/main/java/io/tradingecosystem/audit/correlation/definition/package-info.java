/**
 * What definition files say: which events are meant and what joins them; and the folder they are
 * in.
 */
@NullMarked
package io.tradingecosystem.audit.correlation.definition;

import org.jspecify.annotations.NullMarked;
