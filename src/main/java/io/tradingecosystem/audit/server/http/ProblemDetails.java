package io.tradingecosystem.audit.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.problem.Problem;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The usual {@link ProblemForm}: problem details (RFC 9457). */
public final class ProblemDetails {
    static final String MEDIA_TYPE = "application/problem+json";

    private ProblemDetails() {}

    /** Sends an answer. */
    public static void send(ServerRequest request, ServerResponse response, Problem problem) {
        response.status(Status.create(problem.kind().httpStatus(), problem.kind().title()));
        response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
        problem.retryAfterSeconds()
                .ifPresent(after -> response.header(HeaderNames.RETRY_AFTER, after));
        response.send(body(problem, Optional.of(PathParameters.raw(request))));
    }

    static byte[] body(Problem problem, Optional<String> instance) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "about:blank");
        document.put("title", problem.kind().title());
        document.put("status", problem.kind().httpStatus());
        document.put("detail", problem.detail());
        instance.ifPresent(path -> document.put("instance", path));
        document.put("error", problem.detail());
        problem.members().forEach(document::putIfAbsent);
        return Json.line(document);
    }
}
