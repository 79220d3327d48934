package io.tradingecosystem.audit.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.util.Optional;
import java.util.function.Function;

/**
 * Something that grows, as server-sent events: the id of each is its log and place, so that a
 * watcher that comes back with {@code Last-Event-ID}, or {@code after=}, misses nothing; what is
 * not kept any more is an event named {@code skipped}, what cannot be read one named {@code gap}. A
 * stream that does not begin behind the id that it was asked for begins with an event named {@code
 * reset}. What goes wrong midway is a last event named {@code problem}. A watcher that does not
 * read holds up its own thread and nothing else. Thread-safe.
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
        WatchStart start = start(live, query, request);
        // The sink lets browsers keep what was sent, if they ask before they use it again.
        response.beforeSend(() -> response.header(HeaderNames.CACHE_CONTROL, "no-store"));
        watchers.enter();
        Disclosure disclosure = Disclosure.current();
        disclosure.isStream();
        try (SseSink sink = response.sink(SseSink.TYPE)) {
            sink.emit(SseEvent.builder().comment("watching").build());
            Reader reader = new Reader(live.log(), sink, disclosure);
            start.reset().ifPresent(reader::reset);
            watchers.follow(live, start.after(), reader);
        } finally {
            watchers.leave();
        }
    }

    private WatchStart start(Live<T> live, QueryParameters query, ServerRequest request) {
        String asked =
                query.value(
                        "after",
                        "",
                        text -> Optional.of(text).filter(WatchStart::isId),
                        "it is the id of an entry, or a number from 0 on");
        String last = request.headers().value(HeaderNames.create("Last-Event-ID")).orElse("");
        if (last.isEmpty() && asked.isEmpty()) {
            return WatchStart.now(live);
        }
        return WatchStart.behind(last.isEmpty() ? asked : last, live);
    }

    /** What is told of places that cannot be read. */
    private record Gap(long from, long to, String reason) {}

    private final class Reader implements Watchers.Watcher<T> {
        private final String log;
        private final SseSink sink;
        private final Disclosure disclosure;

        Reader(String log, SseSink sink, Disclosure disclosure) {
            this.log = log;
            this.sink = sink;
            this.disclosure = disclosure;
        }

        void reset(WatchStart.Reset reset) {
            emit(reset.after(), "reset", Json.text(reset));
        }

        @Override
        public boolean isOver() {
            // One that is gone makes the next item fail.
            return false;
        }

        @Override
        public boolean send(Live.Item<T> item) {
            disclosure.tell(item.place());
            return emit(item.place(), name, data.apply(item.value()));
        }

        @Override
        public boolean skip(Live.Skipped<T> places) {
            String range = "{\"from\":" + places.from() + ",\"to\":" + places.to() + "}";
            return emit(places.to(), "skipped", range);
        }

        @Override
        public boolean lose(Live.Lost<T> places) {
            Gap gap = new Gap(places.from(), places.to(), places.reason());
            return emit(places.to(), "gap", Json.text(gap));
        }

        private boolean emit(long place, String event, String text) {
            String id = WatchStart.id(log, place);
            sink.emit(SseEvent.builder().id(id).name(event).data(text).build());
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
