package io.tradingecosystem.audit.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.Problems;
import io.tradingecosystem.audit.server.connection.BodyMemory;
import io.tradingecosystem.audit.server.connection.HttpConnection;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Failures as HTTP answers: problem details (RFC 9457), also where a request never reached a route,
 * but where routes have a {@link ProblemForm}. The member {@code error} repeats the detail for
 * clients of the older service.
 */
final class HttpProblems {
    private static final EventLogger LOG = EventLogger.of(HttpProblems.class);
    private static final HeaderName TYPE = HeaderNames.CONTENT_TYPE;
    private static final long SMALL_BODY = 64 << 10;

    private final Problems problems;
    private final Map<String, ProblemForm> forms = new LinkedHashMap<>();

    /** Failures of these routes, and of requests that no route is for. */
    HttpProblems(Problems problems, List<HttpRoutes> routes) {
        this.problems = problems;
        for (HttpRoutes group : routes) {
            if (group.service() instanceof ProblemForm form) {
                forms.put(group.path(), form);
            }
        }
    }

    /** Answers a failed request. */
    void answer(ServerRequest request, ServerResponse response, Throwable failure) {
        Problem problem = problems.find(failure).orElseGet(() -> unmapped(request, failure));
        if (failure instanceof HttpException http) {
            http.headers().forEach(response::header);
        }
        send(request, response, problem);
    }

    /** Answers with a problem. */
    void send(ServerRequest request, ServerResponse response, Problem problem) {
        if (problem.kind() == Kind.UNAUTHENTICATED) {
            // RFC 9110, 15.5.2: an answer 401 says how to authenticate.
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.kind() == Kind.TOO_LARGE || hasLargeBody(request) || isCutOff(request)) {
            // What is unread would be read to its end otherwise, to reuse the connection.
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        form(PathParameters.raw(request)).send(request, response, problem);
    }

    private ProblemForm form(String path) {
        return forms.entrySet().stream()
                .filter(form -> isUnder(form.getKey(), path))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(ProblemDetails::send);
    }

    private static boolean isUnder(String parent, String path) {
        return path.equals(parent) || path.startsWith(parent + "/");
    }

    /** Answers requests that fail before they reach a route: malformed, too long, too many. */
    DirectHandlers directHandlers() {
        DirectHandler handler =
                (request, eventType, status, headers, message) -> {
                    ServerResponseHeaders answered = ServerResponseHeaders.create();
                    headers.forEach(answered::add);
                    BrowserHeaders.add(answered::set);
                    answered.set(TYPE, ProblemDetails.MEDIA_TYPE);
                    if (status.code() == Status.SERVICE_UNAVAILABLE_503.code()) {
                        answered.set(HeaderNames.RETRY_AFTER, "1");
                    }
                    Kind kind = Kind.ofHttpStatus(status.code());
                    // The next request cannot be distinguished from the rest of the wrong one.
                    answered.set(HeaderValues.CONNECTION_CLOSE);
                    Problem problem = Problem.of(kind, reported(kind, message));
                    return DirectHandler.TransportResponse.builder()
                            .status(status)
                            .headers(answered)
                            .keepAlive(false)
                            .entity(ProblemDetails.body(problem, Optional.empty()))
                            .build();
                };
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    /** Helidon keeps some of its messages to itself, and points to a log that has nothing. */
    private static String reported(Kind kind, @Nullable String message) {
        if (message == null || message.isBlank()) {
            return kind.title();
        }
        return message.startsWith("Bad request, see server log")
                ? "The first line is not that of a request of HTTP/1.1."
                : message;
    }

    private Problem unmapped(ServerRequest request, Throwable failure) {
        if (failure instanceof HttpException http && http.status().code() < 500) {
            Kind kind = Kind.ofHttpStatus(http.status().code());
            String reported = Objects.requireNonNullElse(http.getMessage(), kind.title());
            return Problem.of(
                    kind, kind == Kind.NOT_FOUND ? "There is no such path here." : reported);
        }
        String id = UUID.randomUUID().toString();
        LOG.error(
                "http.request.failed",
                failure,
                "error_id",
                id,
                "method",
                request.prologue().method().text(),
                "path",
                PathParameters.raw(request));
        return Problem.of(
                        Kind.INTERNAL, "An error of ours; the log tells more under this id: " + id)
                .with("error_id", id);
    }

    private static boolean hasLargeBody(ServerRequest request) {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                || request.headers().contentLength().orElse(0) > SMALL_BODY;
    }

    private static boolean isCutOff(ServerRequest request) {
        return HttpConnection.of(request).body().filter(BodyMemory::isCutOff).isPresent();
    }
}
