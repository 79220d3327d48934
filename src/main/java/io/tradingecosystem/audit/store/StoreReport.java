package io.tradingecosystem.audit.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was found when a log was read as a whole.
 *
 * @param directory where it is
 * @param files how many tables it has
 * @param bytes what they take
 * @param first the first position that is kept
 * @param last the last position, also of events that are lost
 * @param events how many can be read
 * @param sealed how many segments have the hash that was noted of them
 * @param damages what is damaged, in the order of files
 * @param tables the name of the table that a file is of, by the name of the file
 * @param isConsistent whether of what was written in turn all is there, or known to be damaged;
 *     otherwise what is derived may lack changes in its middle
 * @param lost the events that are lost, in their order
 */
public record StoreReport(
        Path directory,
        int files,
        long bytes,
        long first,
        long last,
        long events,
        int sealed,
        List<Damage> damages,
        Map<String, String> tables,
        boolean isConsistent,
        List<LostEvents> lost) {
    public StoreReport {
        damages = List.copyOf(damages);
        tables = Map.copyOf(new TreeMap<>(tables));
        lost = List.copyOf(lost);
    }

    /** Whether nothing is damaged. */
    public boolean isWhole() {
        return damages.isEmpty() && lost.isEmpty();
    }

    /** How many events are lost. */
    public long lostEvents() {
        return lost.stream().mapToLong(LostEvents::count).sum();
    }
}
