package io.tradingecosystem.audit.api.links;

import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.links.FoundLinks;
import io.tradingecosystem.audit.correlation.links.Link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Links by the order in which they were found. */
final class LiveLinks implements Live<Link> {
    private final LinkService links;

    LiveLinks(LinkService links) {
        this.links = links;
    }

    @Override
    public Batch<Link> after(long place, int limit) {
        FoundLinks found = links.linksAfter(place, limit);
        Batch<Link> batch =
                Live.gapless(
                        place,
                        found.links().stream()
                                .map(each -> new Item<>(each.sequence(), each.link()))
                                .toList(),
                        found.upTo(),
                        links.firstSequence());
        List<Entry<Link>> entries = new ArrayList<>(batch.entries());
        found.cut().forEach(each -> cut(each, entries));
        return new Batch<>(entries, batch.upTo());
    }

    /** Says behind what is told of a place that more was found there. */
    private static void cut(long place, List<Entry<Link>> entries) {
        int behind = 0;
        while (behind < entries.size() && isBefore(place, entries.get(behind))) {
            behind++;
        }
        entries.add(behind, new Skipped<>(place, place));
    }

    private static boolean isBefore(long place, Entry<Link> entry) {
        return switch (entry) {
            case Item<Link>(long at, Link link) -> at < place;
            case Skipped<Link>(long from, long to) -> to < place;
            case Lost<Link>(long from, long to, String reason) -> to < place;
        };
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
