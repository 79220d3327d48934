package io.tradingecosystem.audit.correlation.links;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

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

    /** The same with each link as {@code change} makes it. */
    FoundLinks map(UnaryOperator<Link> change) {
        return new FoundLinks(
                links.stream()
                        .map(each -> new FoundLink(each.sequence(), change.apply(each.link())))
                        .toList(),
                upTo,
                cut);
    }
}
