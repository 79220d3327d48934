package io.tradingecosystem.audit.ingest.otlp;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventLimits;

import java.util.ArrayList;
import java.util.List;

/** Spans of files as candidates for events, the same as if they had come by OTLP. Thread-safe. */
public final class RecordedSpans {
    private final SpanTranslation spans;

    /** Spans by these names and limits. */
    public RecordedSpans(EventAliases aliases, EventLimits limits) {
        this.spans = new SpanTranslation(aliases, limits);
    }

    /**
     * The events of each span, followed by its span events.
     *
     * @param shared whether the spans have the ids of those that called them, as Zipkin's B3 lets
     *     them
     */
    public List<Candidate> events(ResourceSpans resource, boolean shared) {
        Collected collected = new Collected(new ArrayList<>());
        spans.translate(List.of(resource), shared, collected);
        return collected.candidates();
    }

    private record Collected(List<Candidate> candidates) implements Sink {
        @Override
        public void record(Candidate candidate, Twin twin) {
            candidates.add(candidate);
        }

        @Override
        public void detail(Candidate candidate, Twin twin) {
            candidates.add(candidate);
        }
    }
}
