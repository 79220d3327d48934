package io.tradingecosystem.audit.query;

import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import io.tradingecosystem.audit.scenario.Scenarios;
import io.tradingecosystem.audit.scenario.VerdictJson;
import io.tradingecosystem.audit.scenario.VerdictShelf.Made;
import io.tradingecosystem.audit.server.Problem;
import io.tradingecosystem.audit.server.Problem.Kind;
import io.tradingecosystem.audit.server.ProblemException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Verdicts as server-sent events, as they are made: the id of each is its place in their order, so
 * that a watcher that comes back with {@code Last-Event-ID}, or {@code after=}, misses nothing.
 */
final class VerdictStream implements Handler {
    private static final int MOST_WATCHERS = 256;
    private static final int BATCH = 100;
    private static final Duration PULSE = Duration.ofSeconds(1);
    private static final int PULSES_PER_COMMENT = 15;

    private final Scenarios scenarios;
    private final Semaphore watchers = new Semaphore(MOST_WATCHERS);
    private volatile boolean ended;

    VerdictStream(Scenarios scenarios) {
        this.scenarios = scenarios;
    }

    void end() {
        ended = true;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        long after = after(request);
        if (!watchers.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(Kind.BUSY, MOST_WATCHERS + " watch already; try again later.")
                            .retryAfter(Duration.ofSeconds(10)));
        }
        try (SseSink sink = response.sink(SseSink.TYPE)) {
            watch(sink, after);
        } finally {
            watchers.release();
        }
    }

    private long after(ServerRequest request) {
        long asked = QueryParameters.of(request, "after").whole("after", -1, 0, Long.MAX_VALUE / 2);
        String last = request.headers().value(HeaderNames.create("Last-Event-ID")).orElse("");
        if (last.matches("\\d{1,18}")) {
            return Long.parseLong(last);
        }
        return asked < 0 ? scenarios.lastSequence() : asked;
    }

    private void watch(SseSink sink, long start) throws InterruptedException {
        sink.emit(SseEvent.builder().comment("watching").build());
        long after = start;
        int quiet = 0;
        while (!ended) {
            List<Made> made = scenarios.verdicts().madeAfter(after, BATCH);
            for (Made each : made) {
                sink.emit(
                        SseEvent.builder()
                                .id(Long.toString(each.sequence()))
                                .name("verdict")
                                .data(VerdictJson.write(each.verdict()).toString())
                                .build());
                after = each.sequence();
                quiet = 0;
            }
            if (made.isEmpty()
                    && !scenarios.await(after, PULSE)
                    && ++quiet % PULSES_PER_COMMENT == 0) {
                // Finds out that the watcher has gone.
                sink.emit(SseEvent.builder().comment("alive").build());
            }
        }
    }
}
