package io.tradingecosystem.audit.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.tradingecosystem.audit.logging.TraceContext;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.server.connection.BodyMemory;
import io.tradingecosystem.audit.server.connection.HttpConnection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What happens to every request, whatever its route: trace, bound of the body, count, time, refusal
 * at the end. Runs on the thread of each connection; a request costs a few counters. Thread-safe.
 */
public final class HttpFilter implements Filter {
    private static final HeaderName TRACEPARENT = HeaderNames.create(TraceContext.HEADER);

    private final HttpMetrics metrics;
    private final CrossOrigin crossOrigin;
    private final HttpProblems problems;
    private final LongSupplier ticker;
    private final long maxBodySize;
    private final AtomicLong inFlight = new AtomicLong();
    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private volatile boolean refusing;

    HttpFilter(
            HttpMetrics metrics,
            CrossOrigin crossOrigin,
            HttpProblems problems,
            LongSupplier ticker,
            long maxBodySize) {
        this.metrics = metrics;
        this.crossOrigin = crossOrigin;
        this.problems = problems;
        this.ticker = ticker;
        this.maxBodySize = maxBodySize;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long start = ticker.getAsLong();
        inFlight.incrementAndGet();
        try {
            Optional<TraceContext> trace =
                    request.headers().first(TRACEPARENT).flatMap(TraceContext::parse);
            if (trace.isEmpty()) {
                handle(chain, request, response);
            } else {
                TraceContext.run(trace, () -> handle(chain, request, response));
            }
        } finally {
            inFlight.decrementAndGet();
            count(request, response, ticker.getAsLong() - start);
        }
    }

    private void handle(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        BrowserHeaders.add(response::header);
        if (refusing) {
            response.header(HeaderValues.CONNECTION_CLOSE);
            problems.send(
                    request,
                    response,
                    Problem.of(Kind.UNAVAILABLE, "The service is going away.")
                            .retryAfter(Duration.ofSeconds(1)));
            return;
        }
        if (crossOrigin.answer(request, response)) {
            return;
        }
        IndentedJson.where(request, response);
        Optional<BodyMemory> body = HttpConnection.of(request).body();
        body.ifPresent(memory -> RequestBodies.bound(request, maxBodySize, memory));
        boolean failed = true;
        try {
            chain.proceed();
            failed = response.status().code() >= 400;
        } finally {
            if (body.isPresent()) {
                body.get().answered(failed);
            }
        }
    }

    private void count(RoutingRequest request, RoutingResponse response, long nanos) {
        int code = response.status().code();
        requests.increment();
        if (code >= 400) {
            errors.increment();
        }
        metrics.record(
                HttpConnection.of(request).isHead() ? "HEAD" : request.prologue().method().text(),
                request.matchingPattern().map(HttpFilter::route).orElse("unknown"),
                code,
                nanos);
    }

    /** Helidon gives a route another name where its path ends with a slash. */
    private static String route(String pattern) {
        boolean slash = pattern.length() > 1 && pattern.endsWith("/");
        String route = slash ? pattern.substring(0, pattern.length() - 1) : pattern;
        return route.isEmpty() ? "unknown" : route;
    }

    /** From now on every new request is answered with 503. */
    public void refuse() {
        refusing = true;
    }

    public long inFlight() {
        return inFlight.get();
    }

    public long requests() {
        return requests.sum();
    }

    public long errors() {
        return errors.sum();
    }
}
