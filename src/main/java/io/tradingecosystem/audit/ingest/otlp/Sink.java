package io.tradingecosystem.audit.ingest.otlp;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;

import java.util.Optional;

/** Where translated candidates go, one by one: a request may be far larger as events. */
interface Sink {
    /** What a record is to be where another event has its id. */
    @FunctionalInterface
    interface Twin {
        /** The same under an id of its own; empty if the other has the id with the same right. */
        Optional<Candidate> beside(AuditEvent stored);
    }

    /** What a span or log record became; it counts in the answer's number of refused ones. */
    void record(Candidate candidate, Twin twin);

    /**
     * What a span event became; it is no record of its own in the answer. Its twin is asked for
     * where that of its span was taken.
     */
    void detail(Candidate candidate, Twin twin);
}
