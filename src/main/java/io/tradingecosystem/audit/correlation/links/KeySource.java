package io.tradingecosystem.audit.correlation.links;

import java.util.List;

/** Some keys of records in one order, without what they all begin with. */
interface KeySource {
    /**
     * The next few keys.
     *
     * @param start where to begin
     * @param few at most so many; fewer only if there are no more
     */
    List<byte[]> next(byte[] start, int few);
}
