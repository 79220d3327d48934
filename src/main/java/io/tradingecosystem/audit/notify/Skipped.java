package io.tradingecosystem.audit.notify;

import java.util.Optional;

/** What came of the wish to go on behind an event. */
public sealed interface Skipped {
    /**
     * It is put aside.
     *
     * @param place in the order of verdicts
     */
    record Done(long place) implements Skipped {}

    /**
     * It is not the one that is told next.
     *
     * @param next the id of that one; absent if nothing waits
     */
    record Other(Optional<String> next) implements Skipped {}

    /** No more can be put aside. */
    record NoRoom() implements Skipped {}
}
