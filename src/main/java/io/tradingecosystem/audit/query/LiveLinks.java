package io.tradingecosystem.audit.query;

import io.tradingecosystem.audit.correlation.FoundLink;
import io.tradingecosystem.audit.correlation.Link;
import io.tradingecosystem.audit.correlation.Links;

import java.time.Duration;
import java.util.List;

/** Links by the order in which they were found. */
final class LiveLinks implements Live<Link> {
    private final Links links;

    LiveLinks(Links links) {
        this.links = links;
    }

    @Override
    public Batch<Link> after(long place, int limit) {
        List<FoundLink> found = links.linksAfter(place, limit);
        return new Batch<>(
                found.stream().map(each -> new Item<>(each.sequence(), each.link())).toList(),
                found.isEmpty() ? place : found.getLast().sequence());
    }

    @Override
    public void await(long place, Duration timeout) throws InterruptedException {
        links.await(place, timeout);
    }

    @Override
    public long last() {
        return links.lastSequence();
    }
}
