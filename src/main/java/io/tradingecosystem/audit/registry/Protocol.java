package io.tradingecosystem.audit.registry;

/** What an instance can be spoken to in. */
public enum Protocol {
    HTTP,
    GRPC
}
