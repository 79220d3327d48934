/**
 * The HTTP listener: routes, filter, bodies, problem details, the pages about the service itself.
 */
@NullMarked
package io.tradingecosystem.audit.server.http;

import org.jspecify.annotations.NullMarked;
