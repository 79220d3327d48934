package io.tradingecosystem.audit.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the log is, at one moment. Counts are since the start.
 *
 * @param path its directory
 * @param state whether it can be written
 * @param trouble why not, if it cannot
 * @param damages what could not be read since the log was opened, as it is damaged; the first 100
 * @param durability what an answer to an append means
 * @param firstPosition of the oldest event
 * @param lastPosition of the newest event
 * @param events how many there are
 * @param oldestSegment when the oldest events that are kept began to be recorded
 * @param segments how many parts the log has, of which the oldest goes as a whole
 * @param diskBytes what all its files take
 * @param queuedEvents events that wait to be written
 * @param queuedBytes bytes of them
 * @param stored events stored
 * @param duplicates events that were there already
 * @param conflicts events with the id of another
 * @param displaced events of the correlator that got another id, as somebody had taken theirs
 * @param busy batches refused because too much waited
 * @param commits writes; each has the batches of many callers
 * @param writtenBytes bytes of all writes
 * @param openedInMillis how long it took to open
 */
public record StoreStatistics(
        String path,
        State state,
        Optional<String> trouble,
        List<Damage> damages,
        String durability,
        long firstPosition,
        long lastPosition,
        long events,
        Instant oldestSegment,
        int segments,
        long diskBytes,
        int queuedEvents,
        long queuedBytes,
        long stored,
        long duplicates,
        long conflicts,
        long displaced,
        long busy,
        long commits,
        long writtenBytes,
        long openedInMillis) {

    public StoreStatistics {
        damages = List.copyOf(damages);
    }

    /** How many events are known to be damaged. */
    public long damagedEvents() {
        return damages.stream()
                .filter(Damage::hasPositions)
                .mapToLong(damage -> damage.to() - damage.from() + 1)
                .sum();
    }

    /** Whether the log can be written. */
    public enum State {
        /** It can. */
        OPEN,
        /** It cannot, and is tried again. */
        UNAVAILABLE,
        /** It is closed. */
        CLOSED
    }
}
