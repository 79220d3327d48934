package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.LinkBounds;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What linking needs to know.
 *
 * @param service our own name, as the sender of rules and links
 * @param rules the folder with rules; absent means the shipped ones
 * @param bounds how exact the world is, and how much of it is remembered
 */
public record LinkSetup(String service, Optional<Path> rules, LinkBounds bounds) {}
