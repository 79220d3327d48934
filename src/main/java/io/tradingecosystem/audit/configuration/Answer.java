package io.tradingecosystem.audit.configuration;

import java.time.Instant;
import java.util.Optional;

/** What came of asking the service for one key. */
sealed interface Answer {
    /** The service has a value. */
    record Found(String raw, ValueType type, Optional<Instant> lastUpdated) implements Answer {}

    /** The service does not know the key. */
    record Unknown() implements Answer {}

    /** Nothing is known that was not known before. */
    record Failed(Failure failure) implements Answer {}
}
