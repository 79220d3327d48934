package io.tradingecosystem.audit.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.util.function.Function;

/**
 * Something that grows, as server-sent events: the id of each is its place, so that a watcher that
 * comes back with {@code Last-Event-ID}, or {@code after=}, misses nothing; what is not kept any
 * more is an event named {@code skipped}. What goes wrong midway is a last event named {@code
 * problem}. A watcher that does not read holds up its own thread and nothing else. Thread-safe.
 */
public final class LiveStream<T> {
    private final String name;
    private final Function<T, String> data;
    private final Watchers watchers = new Watchers();

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
        watchers.end();
    }

    /** Sends to a watcher until it goes. */
    public void send(
            Live<T> live, QueryParameters query, ServerRequest request, ServerResponse response)
            throws InterruptedException {
        long after = after(live, query, request);
        watchers.enter();
        try (SseSink sink = response.sink(SseSink.TYPE)) {
            sink.emit(SseEvent.builder().comment("watching").build());
            watchers.follow(live, after, new Reader(sink));
        } finally {
            watchers.leave();
        }
    }

    private long after(Live<T> live, QueryParameters query, ServerRequest request) {
        long asked = query.whole("after", -1, 0, Long.MAX_VALUE / 2);
        String last = request.headers().value(HeaderNames.create("Last-Event-ID")).orElse("");
        if (last.matches("\\d{1,18}")) {
            return Long.parseLong(last);
        }
        return asked < 0 ? live.last() : asked;
    }

    private final class Reader implements Watchers.Watcher<T> {
        private final SseSink sink;

        Reader(SseSink sink) {
            this.sink = sink;
        }

        @Override
        public boolean isOver() {
            // One that is gone makes the next item fail.
            return false;
        }

        @Override
        public boolean send(Live.Item<T> item) {
            return emit(item.place(), name, data.apply(item.value()));
        }

        @Override
        public boolean skip(Live.Skipped<T> places) {
            String range = "{\"from\":" + places.from() + ",\"to\":" + places.to() + "}";
            return emit(places.to(), "skipped", range);
        }

        private boolean emit(long place, String event, String text) {
            sink.emit(SseEvent.builder().id(Long.toString(place)).name(event).data(text).build());
            return true;
        }

        @Override
        public void fail(RuntimeException failure) {
            // Without an id, so that who comes back goes on behind the last one before.
            sink.emit(
                    SseEvent.builder()
                            .name("problem")
                            .data(MidwayProblem.of(name, failure))
                            .build());
        }

        @Override
        public void quiet(long place) {
            // Finds out that the watcher has gone.
            sink.emit(SseEvent.builder().comment("alive").build());
        }
    }
}
