package io.tradingecosystem.audit.server.http;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Timer;
import io.tradingecosystem.audit.monitoring.Meters;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The HTTP metrics that every service of the ecosystem has. */
final class HttpMetrics {
    private static final Duration[] BUCKETS =
            Meters.millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);
    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<String> LABELS = List.of("method", "route", "code");

    private final Meters.Counters requests;
    private final Meters.Counters errors;
    private final Meters.Timers durations;
    private final Map<Answer, Recorder> recorders = new ConcurrentHashMap<>();

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
        Answer answer = new Answer(known, route, code);
        Recorder recorder = recorders.get(answer);
        if (recorder == null) {
            recorder = recorders.computeIfAbsent(answer, this::recorder);
        }
        recorder.requests().increment();
        recorder.durations().record(nanos, TimeUnit.NANOSECONDS);
        recorder.errors().ifPresent(Counter::increment);
    }

    private Recorder recorder(Answer answer) {
        String[] labels = {answer.method(), answer.route(), Integer.toString(answer.code())};
        return new Recorder(
                requests.of(labels),
                durations.of(labels),
                answer.code() < 400 ? Optional.empty() : Optional.of(errors.of(labels)));
    }

    /** The labels of an answer: known methods, routes and codes, so their number is bounded. */
    private record Answer(String method, String route, int code) {}

    /** The meters of one kind of answer, found by one look-up a request. */
    private record Recorder(Counter requests, Timer durations, Optional<Counter> errors) {}
}
