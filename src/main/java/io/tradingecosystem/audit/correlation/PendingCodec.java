package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.EventClock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Remembered events as bytes, one behind the other: position, occurred_at, recorded_at, id, then
 * {@code k} and the clock if it is known, a letter and some numbers for each role, and 0. What a
 * role is in is found again by its key.
 */
final class PendingCodec {
    private static final char END = 0;
    private static final char CLOCK = 'k';

    /** As older versions wrote them, with the numbers of a span behind. */
    private static final char SPAN_EVENT = 'e';

    private static final char SPAN_EFFECT = 'h';
    private static final int SPAN = 3 * Long.BYTES;

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

        /** Whether it was a cause or an effect that a rule looks for. */
        boolean isSighted() {
            return roles.stream().anyMatch(Sighting.class::isInstance);
        }

        /** The same, with the join keys that the event has by the semantics of today. */
        StoredPending rejoined(AuditEvent source) {
            List<Part> now =
                    roles.stream()
                            .map(role -> role instanceof Sighting s ? s.rejoined(source) : role)
                            .toList();
            return new StoredPending(event, checkpoint, now);
        }
    }

    /** A role that no event has yet. */
    @FunctionalInterface
    interface Part {
        void play(PendingEvent event, CorrelationWindow window);
    }

    /** A cause or an effect of a rule, by the number of the rule. */
    private record Sighting(int rule, boolean cause, long join) implements Part {
        @Override
        public void play(PendingEvent event, CorrelationWindow window) {
            side(window).ifPresent(side -> window.see(event, side, join));
        }

        Part rejoined(AuditEvent source) {
            return (event, window) ->
                    side(window)
                            .ifPresent(
                                    side ->
                                            side.join(source)
                                                    .ifPresent(
                                                            now -> window.see(event, side, now)));
        }

        /** Nothing if the rule is gone. */
        private Optional<RuleSide> side(CorrelationWindow window) {
            return Optional.ofNullable(window.rules().get(rule)).map(state -> state.side(cause));
        }
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
                                new Sighting((int) in.number(), in.octet() == 1, in.number());
                        case SPAN_EVENT -> nothing(in, SPAN);
                        case SPAN_EFFECT -> nothing(in, 1 + SPAN);
                        case AwaitedCause.LETTER -> awaiting(in.text());
                        default ->
                                throw new IllegalStateException(
                                        "a role " + letter + " is not ours");
                    });
        }
        return roles;
    }

    /** Spans are no longer remembered: what links events of them is in tables. */
    private static Part nothing(ByteReader in, int length) {
        in.skip(length);
        return (event, window) -> {};
    }

    private static Part awaiting(String causeId) {
        return (event, window) -> window.await(event, causeId);
    }
}
