package io.tradingecosystem.audit.event;

/** How grave an event is, least grave first. */
public enum Severity {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL
}
