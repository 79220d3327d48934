package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.expectations.Expectation;

/** Of what a window is. */
enum WindowRole {
    /** Of an occurrence that has a verdict of its own. */
    TRIGGER(0),
    /** Of an occurrence that counts for the verdict of its run. */
    MEMBER(4),
    /** Of a run that has one verdict. */
    RUN(8);

    private final int flags;

    WindowRole(int flags) {
        this.flags = flags;
    }

    /** The bits of a record that tell it. */
    int flags() {
        return flags;
    }

    /** Reads what {@link #flags} wrote. */
    static WindowRole ofFlags(int flags) {
        if ((flags & RUN.flags) != 0) {
            return RUN;
        }
        return (flags & MEMBER.flags) != 0 ? MEMBER : TRIGGER;
    }

    /** What the occurrences of an expectation are. */
    static WindowRole of(Expectation expectation) {
        return expectation.run().isPresent() ? MEMBER : TRIGGER;
    }
}
