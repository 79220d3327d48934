package io.tradingecosystem.audit.registry;

import java.util.Map;

/** What stands at a key of Redis, in one of the two types that records are written in. */
sealed interface RawValue {
    /** A string, which holds JSON. */
    record Text(String json) implements RawValue {}

    /** A hash. */
    record Hash(Map<String, String> fields) implements RawValue {
        public Hash {
            fields = Map.copyOf(fields);
        }
    }
}
