package io.tradingecosystem.audit.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The HTTP metrics that every service of the ecosystem has. */
final class HttpMetrics {
    private static final Duration[] BUCKETS =
            Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);
    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<String> LABELS = List.of("method", "route", "code");

    private final Meters.Counters requests;
    private final Meters.Counters errors;
    private final Meters.Timers durations;

    HttpMetrics(Meters meters) {
        requests = meters.counters("http_requests", "HTTP requests answered", LABELS);
        errors =
                meters.counters(
                        "http_request_errors", "HTTP requests answered with 400 or above", LABELS);
        durations =
                meters.timers(
                        "http_request_duration",
                        "Time from the head of a request to the end of its answer",
                        LABELS,
                        BUCKETS);
    }

    void record(String method, String route, int code, long nanos) {
        // A client may invent methods; labels must not grow with its fantasy.
        String known = METHODS.contains(method) ? method : "other";
        String status = Integer.toString(code);
        requests.increment(known, route, status);
        durations.record(nanos, known, route, status);
        if (code >= 400) {
            errors.increment(known, route, status);
        }
    }
}
