package io.tradingecosystem.audit.comparison;

/** By what a service may be at fault, in the order of answers. */
public enum Signal {
    /** Half of its spans, or of the calls of it, take three times as long as nine of ten did. */
    OWN_TIME(1),
    /** Half of its events follow their causes later than nine of ten did, by a tenth. */
    DELAYS(1),
    /** It fails more often, and nothing that it called does. */
    ERRORS(1),
    /** It says other things when it is asked. */
    LOGS(1),
    /** What it does when its cause is there comes less often, or more often. */
    STEPS(1),
    /** The slowest tenth of its spans is slower: a weak sign, which decides among equals. */
    TAIL(0.2);

    private final double weight;

    Signal(double weight) {
        this.weight = weight;
    }

    /** How much a place in its ranking counts. */
    double weight() {
        return weight;
    }
}
