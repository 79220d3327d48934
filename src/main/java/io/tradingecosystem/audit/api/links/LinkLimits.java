package io.tradingecosystem.audit.api.links;

import io.tradingecosystem.audit.common.Limit;
import io.tradingecosystem.audit.correlation.analysis.CausalChains;
import io.tradingecosystem.audit.correlation.links.LinkQuery;

/** How much may be asked for of links and what is told from them, over HTTP as over gRPC. */
final class LinkLimits {
    static final Limit LINKS = new Limit(100, LinkQuery.MAX_ON_PAGE);
    static final Limit TIMELINE = new Limit(1_000, 100_000);
    static final Limit CHAIN_DEPTH = new Limit(32, CausalChains.Question.DEEPEST);
    static final Limit CHAIN_SIZE = new Limit(1_000, CausalChains.Question.LARGEST);
    static final Limit GROUP_SIZE = new Limit(1_000, 10_000);

    private LinkLimits() {}
}
