package io.tradingecosystem.audit.api.links;

import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.links.FoundLink;
import io.tradingecosystem.audit.correlation.links.Link;

import java.time.Duration;
import java.util.List;

/** Links by the order in which they were found. */
final class LiveLinks implements Live<Link> {
    private final LinkService links;

    LiveLinks(LinkService links) {
        this.links = links;
    }

    @Override
    public Batch<Link> after(long place, int limit) {
        long last = links.lastSequence();
        List<FoundLink> found = links.linksAfter(place, limit);
        return Live.gapless(
                place,
                found.stream().map(each -> new Item<>(each.sequence(), each.link())).toList(),
                found.size() < limit ? Math.max(place, last) : found.getLast().sequence(),
                links.firstSequence());
    }

    @Override
    public void await(long place, Duration timeout) throws InterruptedException {
        links.await(place, timeout);
    }

    @Override
    public String log() {
        return links.log();
    }

    @Override
    public long last() {
        return links.lastSequence();
    }
}
