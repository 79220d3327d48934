package io.tradingecosystem.audit.ingest;

/** Is told what comes in; must be quick and thread-safe. */
public interface IntakeObserver {
    /** Looks away. */
    IntakeObserver NONE = (source, nanos) -> {};

    /**
     * An event was stored whose time its source told.
     *
     * @param source the service
     * @param nanos from occurred_at, by the source's clock, to now, by ours; negative if the clocks
     *     say so
     */
    void lag(String source, long nanos);

    /** A caller sent an event of a service that it may not speak for. */
    default void foreignService(String caller) {}
}
