package io.tradingecosystem.audit.registry;

import java.util.Map;

/** What stands at a key of Redis, in one of the two types that records are written in. */
sealed interface RawValue {
    /** How much it is, in characters. */
    int size();

    /** A string, which holds JSON. */
    record Text(String json) implements RawValue {
        @Override
        public int size() {
            return json.length();
        }
    }

    /** A hash. */
    record Hash(Map<String, String> fields) implements RawValue {
        public Hash {
            fields = Map.copyOf(fields);
        }

        @Override
        public int size() {
            return fields.entrySet().stream()
                    .mapToInt(field -> field.getKey().length() + field.getValue().length())
                    .sum();
        }
    }
}
