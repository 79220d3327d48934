package io.tradingecosystem.audit.configuration;

/** A source of values that can be asked for them. Thread-safe. */
interface ValueSource extends AutoCloseable {
    /** Asks for one key and waits for the answer, in bounded time; failures are answers too. */
    Answer ask(String key);

    /** Whether the service is asked at all at the moment: a state of Helidon's circuit breaker. */
    String breaker();

    /** No attempt to ask starts after this. */
    @Override
    void close();
}
