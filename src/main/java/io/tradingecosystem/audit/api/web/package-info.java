/**
 * What people look at: {@link PageRoutes} serves the page and its files, {@link SessionRoutes}
 * makes a session of a token, and says who one is.
 *
 * <p>Everything runs on the thread of the request.
 *
 * {@snippet file="api/SessionDoorsTest.java" region="login"}
 */
@NullMarked
package io.tradingecosystem.audit.api.web;

import org.jspecify.annotations.NullMarked;
