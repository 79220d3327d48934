package io.tradingecosystem.audit.event;

/**
 * Who wrote an event into the log. Nobody outside can say so: what comes in through a door is
 * {@link #DOOR}, whatever it claims to be.
 */
public enum Author {
    /** Somebody outside, through a door. */
    DOOR,

    /** The correlator itself. */
    OWN,

    /**
     * The correlator itself, as an export, a recording or a log of an older version says, which
     * anybody may have written. It is acted upon as before, and shown as unproven.
     */
    UNPROVEN;

    /**
     * Whom an event is of whose author nobody noted: one of a log of an older version, or of a
     * recording. By its type alone, which is what that version went by, so that rules, expectations
     * and gaps of an older log stay in force; but as anybody may have written it, unproven.
     */
    public static Author presumed(String type) {
        return OwnWords.TYPES.contains(type) ? UNPROVEN : DOOR;
    }
}
