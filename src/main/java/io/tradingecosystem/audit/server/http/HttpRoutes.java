package io.tradingecosystem.audit.server.http;

import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.problem.Problems;

/**
 * A door's routes under a path.
 *
 * @param path where they hang, such as {@code /api/v1/events}
 * @param service the routes; {@code HttpService.routing} lists them in one glance. Handlers throw
 *     the exceptions of their room, which {@link Problems} knows, or {@link ProblemException}
 */
public record HttpRoutes(String path, HttpService service) {}
