package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.matching.EventClock;

import java.util.ArrayList;
import java.util.List;

/**
 * Remembered events as bytes, one behind the other: position, occurred_at, recorded_at, id, then
 * {@code k} and the clock if it is known, a letter and some numbers for each role, and 0. What a
 * role is in is found again by its key.
 */
final class PendingCodec {
    private static final char END = 0;
    private static final char CLOCK = 'k';

    private PendingCodec() {}

    /**
     * An event that was remembered.
     *
     * @param event without roles
     * @param checkpoint on which it stands
     * @param roles which it had
     */
    record StoredPending(PendingEvent event, WindowCheckpoint checkpoint, List<Part> roles) {
        /** Gives it its roles again. */
        void recall(CorrelationWindow window) {
            roles.forEach(part -> part.play(event, window));
        }
    }

    /** A role that no event has yet. */
    @FunctionalInterface
    interface Part {
        void play(PendingEvent event, CorrelationWindow window);
    }

    static void write(PendingEvent event, ClockTable clocks, ByteWriter out) {
        out.number(event.position()).number(event.at()).number(event.recordedAt());
        out.text(event.id());
        EventClock clock = event.clock();
        if (clock != null) {
            clocks.write(clock, out.octet(CLOCK));
        }
        event.roles().forEach(role -> role.write(out));
        out.octet(END);
    }

    /** The events of a checkpoint. */
    static List<StoredPending> read(WindowCheckpoint checkpoint, byte[] bytes, ClockPool pool) {
        ByteReader in = new ByteReader(bytes);
        ClockTable clocks = new ClockTable();
        List<StoredPending> events = new ArrayList<>();
        while (in.hasMore()) {
            PendingEvent event = new PendingEvent(in.number(), in.number(), in.number(), in.text());
            checkpoint.add(event);
            char letter = (char) in.octet();
            if (letter == CLOCK) {
                event.stampedBy(clocks.read(in, pool));
                letter = (char) in.octet();
            }
            events.add(new StoredPending(event, checkpoint, roles(letter, in)));
        }
        return events;
    }

    private static List<Part> roles(char first, ByteReader in) {
        List<Part> roles = new ArrayList<>(2);
        for (char letter = first; letter != END; letter = (char) in.octet()) {
            roles.add(
                    switch (letter) {
                        case RuleMatch.LETTER ->
                                sighting(in.number(), in.octet() == 1, in.number());
                        case SpanEvent.LETTER -> member(SpanKey.read(in));
                        case SpanChild.LETTER -> heir(in.octet() == 1, SpanKey.read(in));
                        case AwaitedCause.LETTER -> awaiting(in.text());
                        default ->
                                throw new IllegalStateException(
                                        "a role " + letter + " is not ours");
                    });
        }
        return roles;
    }

    /** Nothing if the rule is gone. */
    private static Part sighting(long rule, boolean cause, long join) {
        return (event, window) -> {
            RuleState state = window.rules().get((int) rule);
            if (state != null) {
                window.see(event, state.side(cause), join);
            }
        };
    }

    private static Part member(SpanKey span) {
        return (event, window) -> window.enter(event, window.span(span));
    }

    private static Part heir(boolean child, SpanKey span) {
        return (event, window) -> window.inherit(event, window.span(span), child);
    }

    private static Part awaiting(String causeId) {
        return (event, window) -> window.await(event, causeId);
    }
}
