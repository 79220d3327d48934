package io.tradingecosystem.audit.store;

/** Opens projections of the log by name. Thread-safe. */
public interface Projections {

    /** The projection with a name of lower-case letters and dashes, made if it is not there. */
    Projection projection(String name);
}
