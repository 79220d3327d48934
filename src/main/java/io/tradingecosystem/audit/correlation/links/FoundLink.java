package io.tradingecosystem.audit.correlation.links;

/**
 * A link as it was found.
 *
 * @param sequence its place in the order in which links were found, from 1; the place before it
 *     where more links of its place follow, so that whoever goes on behind it misses none
 * @param link the link, with the confidence that it has now
 */
public record FoundLink(long sequence, Link link) {}
