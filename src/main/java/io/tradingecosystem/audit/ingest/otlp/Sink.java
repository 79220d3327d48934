package io.tradingecosystem.audit.ingest.otlp;

import io.tradingecosystem.audit.event.Candidate;

/** Where translated candidates go, one by one: a request may be far larger as events. */
interface Sink {

    /** What a span or log record became; it counts in the answer's number of refused ones. */
    void record(Candidate candidate);

    /** What a span event became; it is no record of its own in the answer. */
    void detail(Candidate candidate);
}
