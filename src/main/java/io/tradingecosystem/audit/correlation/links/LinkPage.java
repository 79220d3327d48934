package io.tradingecosystem.audit.correlation.links;

import java.util.List;

/**
 * An answer; a page may have fewer than asked for, and still not be the last.
 *
 * @param nextPageToken where to go on; empty when there is nothing more
 */
public record LinkPage(List<Link> links, String nextPageToken) {
    public LinkPage {
        links = List.copyOf(links);
    }
}
