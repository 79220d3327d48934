package io.tradingecosystem.audit.event;

/**
 * What two spans say of each other that share both ids, as the client and the server of one call do
 * in Zipkin's way (B3).
 */
public final class SharedSpan {
    /**
     * The attribute with the id of the server's event, where that came before the client's; where
     * it came after it, the client's is its {@code cause_id}.
     */
    public static final String EFFECT_ID = "span.effect_id";

    private SharedSpan() {}
}
