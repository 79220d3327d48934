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

    /** The correlator itself, as a restored export says, which anybody may have written. */
    UNPROVEN;

    private static final String OWN_TYPES = "audit.";

    /**
     * Whom an event of a version that did not note authors is of: by its type alone, which is what
     * that version went by. So rules, expectations and verdicts of an older log stay in force.
     */
    public static Author presumed(String type) {
        return type.startsWith(OWN_TYPES) ? OWN : DOOR;
    }
}
