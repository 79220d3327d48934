package io.tradingecosystem.audit.api.links;

import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.RemovedEvents;
import io.tradingecosystem.audit.correlation.analysis.CausalChain;
import io.tradingecosystem.audit.correlation.analysis.CausalChains;
import io.tradingecosystem.audit.correlation.analysis.DelayStatistics;
import io.tradingecosystem.audit.correlation.analysis.Groups;
import io.tradingecosystem.audit.correlation.analysis.Timeline;
import io.tradingecosystem.audit.correlation.analysis.TimelineQuestion;
import io.tradingecosystem.audit.correlation.analysis.Timelines;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Selection;

import java.util.Set;
import java.util.function.Supplier;

/**
 * What both doors tell from events and links. Thread-safe.
 *
 * @param progress how far links have come
 * @param correctsClocks whether timelines correct clocks unless a caller says otherwise
 * @param businessKeys the attributes that events can be selected by
 * @param aliases the names that questions may use beside those that are stored
 * @param removed what is said of events that are not kept any more
 */
public record LinkAnalyses(
        Timelines timelines,
        CausalChains chains,
        Groups groups,
        DelayStatistics delays,
        Supplier<Progress> progress,
        boolean correctsClocks,
        Set<String> businessKeys,
        EventAliases aliases,
        RemovedEvents removed) {

    /**
     * Over the events and links there are.
     *
     * @param progress how far the links have come, at any time
     * @param clockSkew by how much clocks may differ without a sign of it
     */
    public static LinkAnalyses create(
            EventIndex events,
            LinkIndex links,
            Supplier<Progress> progress,
            ClockSkew clockSkew,
            boolean correctsClocks,
            EventAliases aliases) {
        return new LinkAnalyses(
                Timelines.create(events, links, clockSkew),
                CausalChains.create(events, links),
                Groups.create(events),
                DelayStatistics.create(events, links),
                progress,
                correctsClocks,
                events.businessKeys(),
                aliases,
                new RemovedEvents(events));
    }

    /** A timeline, unless all of it was removed. */
    Timeline timeline(TimelineQuestion question) {
        Timeline timeline = timelines.of(question);
        boolean isNothing = question.pageToken().isEmpty() && !timeline.hasNext();
        Selection selection = question.selection();
        removed.requireKept(selection.from(), selection.to(), isNothing);
        Disclosure disclosure = Disclosure.current();
        return timeline.telling(event -> disclosure.tell(event.position()));
    }

    /** A causal chain, if its event is there. */
    CausalChain chain(CausalChains.Question question) {
        CausalChain chain =
                chains.of(question).orElseThrow(() -> removed.unknown(question.eventId()));
        chain.nodes().forEach(node -> node.event().ifPresent(Disclosures::event));
        return chain;
    }
}
