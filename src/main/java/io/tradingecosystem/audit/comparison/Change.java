package io.tradingecosystem.audit.comparison;

/**
 * By how much something about a service changed.
 *
 * @param size comparable with other changes of one signal only
 * @param evidence a sentence for people, without its full stop
 */
record Change(double size, String evidence) {
    static Change greater(Change one, Change other) {
        return other.size() > one.size() ? other : one;
    }
}
