package io.tradingecosystem.audit.store;

import static java.util.Objects.requireNonNull;

/**
 * A part of the log that cannot be read.
 *
 * @param file its name in the directory of the log; empty if that is not known
 * @param from the first position of its events; 0 if it has none, as it is part of an index or of
 *     what is derived
 * @param to the last position of its events; 0 if it has none
 * @param reason what is wrong with it, as the database says
 */
public record Damage(String file, long from, long to, String reason) {
    public Damage {
        requireNonNull(file, "file is null");
        requireNonNull(reason, "reason is null");
    }

    /** Whether events are in it. */
    public boolean hasPositions() {
        return from > 0;
    }

    /** The file and the positions, without the reason. */
    public String place() {
        String name = file.isEmpty() ? "an unknown file" : file;
        return hasPositions() ? name + ", positions " + from + " to " + to : name;
    }

    /** One that tells nothing new beside this one. */
    boolean covers(Damage other) {
        boolean within = from <= other.from && other.to <= to;
        return file.equals(other.file) && (within || (hasPositions() && !other.hasPositions()));
    }

    @Override
    public String toString() {
        return place() + ": " + reason;
    }
}
