package io.tradingecosystem.audit.notify;

/**
 * What is to be sent next.
 *
 * @param place in the order of verdicts; of what is lost the last place
 * @param message what is sent
 * @param again whether it was put aside before
 * @param lost how many verdicts it says are lost; 0 for a verdict
 */
record Pending(long place, Notification message, boolean again, long lost) {

    static Pending verdict(long place, Notification message) {
        return new Pending(place, message, false, 0);
    }

    static Pending again(DeadLetter letter) {
        return new Pending(letter.place(), letter.message(), true, 0);
    }
}
