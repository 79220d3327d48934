package io.tradingecosystem.audit.api;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.problem.Problem.Kind;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What ends a stream whose status went out long before it failed. */
final class MidwayProblem {
    private static final EventLogger LOG = EventLogger.of(MidwayProblem.class);

    private MidwayProblem() {}

    /** The problem as one line of JSON (RFC 9457); the failure itself goes into the log. */
    static String of(String stream, RuntimeException failure) {
        String id = UUID.randomUUID().toString();
        LOG.error("http.stream.failed", failure, "error_id", id, "stream", stream);
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", Kind.INTERNAL.title());
        problem.put("status", Kind.INTERNAL.httpStatus());
        problem.put("detail", "An error of ours; the log tells more under this id: " + id);
        problem.put("error_id", id);
        return new String(Json.bytes(problem), StandardCharsets.UTF_8);
    }
}
