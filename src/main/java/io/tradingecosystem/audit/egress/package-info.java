/**
 * Which addresses are called, of those that others tell: {@link EgressPolicy} resolves a name once
 * and says whether its address is one to connect to.
 *
 * <p>Everything runs on the thread of the caller.
 *
 * {@snippet file="egress/EgressExampleTest.java" region="resolve"}
 */
@NullMarked
package io.tradingecosystem.audit.egress;

import org.jspecify.annotations.NullMarked;
