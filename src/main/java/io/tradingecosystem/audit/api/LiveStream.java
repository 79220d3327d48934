package io.tradingecosystem.audit.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Something that grows, as server-sent events: the id of each is its place, so that a watcher that
 * comes back with {@code Last-Event-ID}, or {@code after=}, misses nothing. A watcher that does not
 * read holds up its own thread and nothing else. Thread-safe.
 */
public final class LiveStream<T> {
    private static final int MAX_WATCHERS = 256;
    private static final int BATCH = 100;
    private static final Duration PULSE = Duration.ofSeconds(1);
    private static final int PULSES_PER_COMMENT = 15;

    private final String name;
    private final Function<T, String> data;
    private final Semaphore watchers = new Semaphore(MAX_WATCHERS);
    private volatile boolean ended;

    /**
     * A stream.
     *
     * @param name of its events
     * @param data what is sent of a value: one line of JSON
     */
    public LiveStream(String name, Function<T, String> data) {
        this.name = name;
        this.data = data;
    }

    /** Ends all of them. */
    public void end() {
        ended = true;
    }

    /** Sends to a watcher until it goes. */
    public void send(
            Live<T> live, QueryParameters query, ServerRequest request, ServerResponse response)
            throws InterruptedException {
        long after = after(live, query, request);
        if (!watchers.tryAcquire()) {
            throw full(MAX_WATCHERS);
        }
        try (SseSink sink = response.sink(SseSink.TYPE)) {
            watch(live, sink, after);
        } finally {
            watchers.release();
        }
    }

    static ProblemException full(int watchers) {
        return new ProblemException(
                Problem.of(Kind.BUSY, watchers + " watch already; try again later.")
                        .retryAfter(Duration.ofSeconds(10)));
    }

    private long after(Live<T> live, QueryParameters query, ServerRequest request) {
        long asked = query.whole("after", -1, 0, Long.MAX_VALUE / 2);
        String last = request.headers().value(HeaderNames.create("Last-Event-ID")).orElse("");
        if (last.matches("\\d{1,18}")) {
            return Long.parseLong(last);
        }
        return asked < 0 ? live.last() : asked;
    }

    private void watch(Live<T> live, SseSink sink, long start) throws InterruptedException {
        sink.emit(SseEvent.builder().comment("watching").build());
        long after = start;
        int quiet = 0;
        while (!ended) {
            Live.Batch<T> batch = live.after(after, BATCH);
            for (Live.Item<T> item : batch.items()) {
                sink.emit(
                        SseEvent.builder()
                                .id(Long.toString(item.place()))
                                .name(name)
                                .data(data.apply(item.value()))
                                .build());
                quiet = 0;
            }
            if (batch.upTo() == after) {
                live.await(after, PULSE);
                quiet++;
            }
            after = batch.upTo();
            if (quiet >= PULSES_PER_COMMENT) {
                quiet = 0;
                // Finds out that the watcher has gone.
                sink.emit(SseEvent.builder().comment("alive").build());
            }
        }
    }
}
