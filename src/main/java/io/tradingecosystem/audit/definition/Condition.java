package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.Decimal;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.ValueKey;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What an attribute of an event must be like. Immutable. */
public sealed interface Condition {

    /** Whether an attribute's value, or its absence, satisfies this. */
    boolean holds(Optional<AttributeValue> value);

    /**
     * The value is one of a few.
     *
     * @param values what they are compared by
     * @param exact whether they are compared as texts, and not by {@link ValueKey}
     */
    record OneOf(Set<String> values, boolean exact) implements Condition {
        public OneOf {
            values = Set.copyOf(values);
        }

        /** Values of an attribute, or of an event's own word, as they are written. */
        static OneOf of(EventName name, Collection<String> written) {
            return name.isOwn()
                    ? new OneOf(Set.copyOf(written), true)
                    : new OneOf(
                            written.stream().map(ValueKey::of).collect(Collectors.toSet()), false);
        }

        @Override
        public boolean holds(Optional<AttributeValue> value) {
            return value.isPresent() && values.contains(key(value.get()));
        }

        private String key(AttributeValue value) {
            return exact ? ValueKey.asText(value) : ValueKey.of(value);
        }
    }

    /** The attribute is there, or is not. */
    record Exists(boolean wanted) implements Condition {
        @Override
        public boolean holds(Optional<AttributeValue> value) {
            return value.isPresent() == wanted;
        }
    }

    /** The value fits a glob. */
    record Like(Glob glob) implements Condition {
        @Override
        public boolean holds(Optional<AttributeValue> value) {
            return value.isPresent() && glob.matches(ValueKey.asText(value.get()));
        }
    }

    /** The value is a number, or a text that is one, on one side of another; exact. */
    record Compared(Side side, Decimal number) implements Condition {
        @Override
        public boolean holds(Optional<AttributeValue> value) {
            OptionalInt limit =
                    value.isPresent() ? number.compareToValue(value.get()) : OptionalInt.empty();
            return limit.isPresent() && side.has(limit.getAsInt());
        }
    }

    /** The side of a number. */
    enum Side {
        ABOVE,
        AT_LEAST,
        BELOW,
        AT_MOST;

        boolean isUpward() {
            return this == ABOVE || this == AT_LEAST;
        }

        /** Whether a value is on it, by how the number compares with the value. */
        boolean has(int limit) {
            return switch (this) {
                case ABOVE -> limit < 0;
                case AT_LEAST -> limit <= 0;
                case BELOW -> limit > 0;
                case AT_MOST -> limit >= 0;
            };
        }
    }
}
