package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.LongMap;

import java.util.ArrayList;
import java.util.List;

/**
 * The events of one span that came lately, and those that it caused. The first event of a span, by
 * occurred_at, stands for it, in whatever order they come. Of the others are kept those that will
 * be the first when earlier ones are forgotten, at most {@link #MAX_EVENTS}: an event behind which
 * an earlier one was recorded is forgotten before that, and never the first. Most spans have one
 * event and no heir, and need nothing beside this. For one thread.
 */
final class SpanState {
    static final int MAX_EVENTS = 100;

    private final LongMap<SpanState> home;
    private final long traceHigh;
    private final long traceLow;
    private final long span;
    private TimeOrderedEvents events = TimeOrderedEvents.none();
    private List<SpanChild> children = List.of();

    private SpanState(LongMap<SpanState> home, SpanKey key) {
        this.home = home;
        this.traceHigh = key.traceHigh();
        this.traceLow = key.traceLow();
        this.span = key.span();
    }

    /**
     * The state of a span; a new one if there is none, which leaves its home when it is empty.
     *
     * @param home by the hashes of their keys: that two of a million spans have the same one is as
     *     unlikely as with join keys
     */
    static SpanState in(LongMap<SpanState> home, SpanKey key) {
        long hash = key.hash();
        SpanState known = home.get(hash);
        if (known != null) {
            return known;
        }
        SpanState fresh = new SpanState(home, key);
        home.put(hash, fresh);
        return fresh;
    }

    SpanKey key() {
        return new SpanKey(traceHigh, traceLow, span);
    }

    /** Its events; the first stands for it. */
    TimeOrderedEvents events() {
        return events;
    }

    List<SpanChild> children() {
        return children;
    }

    boolean hasRoom() {
        return events.size() < MAX_EVENTS;
    }

    /** Its events that occurred after another, which was recorded after them. */
    List<Pending> behind(PendingEvent event) {
        int size = events.size();
        if (size == 0 || PendingEvent.ORDER.compare(events.get(size - 1), event) < 0) {
            return List.of();
        }
        List<Pending> behind = new ArrayList<>();
        for (int i = events.before(event); i < size; i++) {
            behind.addAll(events.get(i).rolesIn(this));
        }
        return behind;
    }

    void add(SpanEvent event) {
        events = events.with(event.event());
    }

    void add(SpanChild spanChild) {
        if (children.isEmpty()) {
            children = new ArrayList<>(1);
        }
        children.add(spanChild);
    }

    void remove(SpanEvent event) {
        events = events.without(event.event());
        checkEmpty();
    }

    void remove(SpanChild spanChild) {
        children.remove(spanChild);
        checkEmpty();
    }

    private void checkEmpty() {
        if (events.size() == 0 && children.isEmpty()) {
            home.remove(key().hash());
        }
    }
}
