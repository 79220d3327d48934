package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.event.EventAliases;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What linking needs to know.
 *
 * @param service our own name, as the sender of rules and links
 * @param rules the folder with rules; absent means the shipped ones
 * @param bounds how exact the world is, and how much of it is remembered
 * @param names under which events are kept
 * @param parameters values for parameters of rules, instead of those that their files have
 */
public record LinkSetup(
        String service,
        Optional<Path> rules,
        LinkBounds bounds,
        EventAliases names,
        Map<String, String> parameters) {

    public LinkSetup {
        parameters = Map.copyOf(parameters);
    }

    /** With the names that are known without a setting. */
    public LinkSetup(String service, Optional<Path> rules, LinkBounds bounds) {
        this(service, rules, bounds, EventAliases.DEFAULT, Map.of());
    }
}
