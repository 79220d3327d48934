package io.tradingecosystem.audit.correlation.links;

import java.util.List;
import java.util.Set;

/**
 * Links in the order in which they were found.
 *
 * @param links those of interest; several may be found at one place
 * @param upTo the place up to which all was looked at
 * @param cut the places at which more were found than are told
 */
public record FoundLinks(List<FoundLink> links, long upTo, Set<Long> cut) {
    public FoundLinks {
        links = List.copyOf(links);
        cut = Set.copyOf(cut);
    }
}
