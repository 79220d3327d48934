package io.tradingecosystem.audit.correlation.analysis;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.correlation.analysis.Clocks.Pair;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Tells what happened, in order. Thread-safe; a timeline is for one thread. */
public final class Timelines {
    /** Clocks are estimated from so many events at the start of the selection. */
    private static final int SAMPLE = 2_000;

    private final EventIndex events;
    private final LinkIndex links;
    private final ClockSkew tolerance;

    private Timelines(EventIndex events, LinkIndex links, ClockSkew tolerance) {
        this.events = requireNonNull(events, "events is null");
        this.links = requireNonNull(links, "links is null");
        this.tolerance = requireNonNull(tolerance, "tolerance is null");
    }

    /**
     * Timelines over the events and links there are.
     *
     * @param tolerance by how much clocks may differ without a sign of it
     */
    public static Timelines create(EventIndex events, LinkIndex links, ClockSkew tolerance) {
        return new Timelines(events, links, tolerance);
    }

    /**
     * Begins a timeline; its events are read as it is walked through.
     *
     * <p>Clocks are estimated from the links of kinds EXPLICIT and PARENT in the first 2,000 events
     * of the selection (a rule's link is itself made from times), so that all pages of a timeline
     * agree on them.
     *
     * @throws InvalidQuestionException if the selection's business key is not indexed, or the page
     *     token is not from an earlier timeline
     */
    public Timeline of(TimelineQuestion question) {
        if (!question.correct()) {
            return new Timeline(events, links, Clocks.unknown(tolerance), false, question);
        }
        Page sample = events.find(Query.of(question.selection(), SAMPLE));
        boolean cut = !sample.nextPageToken().isEmpty();
        return new Timeline(events, links, clocks(sample.events()), cut, question);
    }

    private Clocks clocks(List<AuditEvent> effects) {
        List<Pair> pairs = new ArrayList<>();
        Iterator<List<Link>> causes = links.causesOfEvents(effects, 1).iterator();
        for (AuditEvent effect : effects) {
            for (Link link : causes.next()) {
                if (link.kind() == Kind.EXPLICIT || link.kind() == Kind.PARENT) {
                    events.at(link.cause().position())
                            .filter(cause -> !cause.service().equals(effect.service()))
                            .ifPresent(
                                    cause ->
                                            pairs.add(
                                                    new Pair(
                                                            cause.service(),
                                                            effect.service(),
                                                            link.delay())));
                }
            }
        }
        return Clocks.estimate(pairs, tolerance);
    }
}
