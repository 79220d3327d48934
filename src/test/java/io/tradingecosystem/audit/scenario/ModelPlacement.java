package io.tradingecosystem.audit.scenario;

/** Where an event lies in a window, as far as the clocks of both tell. */
enum ModelPlacement {
    /** In it, however much the clocks differ. */
    SURE,
    /** Perhaps before it, or perhaps before what it must follow. */
    OPENING,
    /** Perhaps behind it. */
    END,
    OUTSIDE;

    /**
     * The place of an event.
     *
     * @param since how long after the trigger it occurred, in nanoseconds; negative if before
     * @param within how long the window is
     * @param skew by how much the two clocks may differ
     */
    static ModelPlacement of(long since, long within, long skew) {
        if (skew == 0) {
            return 0 <= since && since <= within ? SURE : OUTSIDE;
        }
        if (since < -skew || since >= within + skew) {
            return OUTSIDE;
        }
        if (since > within - skew) {
            return END;
        }
        return since < skew ? OPENING : SURE;
    }

    /**
     * The same place, after the event was compared with one that it must follow.
     *
     * @param since how long after that one it occurred
     * @param skew by how much the two clocks may differ
     */
    ModelPlacement following(long since, long skew) {
        if (since < -skew) {
            return OUTSIDE;
        }
        return since < skew ? perhaps() : this;
    }

    /** The same place, where something that it hangs on is not sure. */
    ModelPlacement perhaps() {
        return this == SURE ? OPENING : this;
    }
}
