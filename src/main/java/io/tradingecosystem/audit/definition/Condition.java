package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.event.AttributeValue;

import java.util.Optional;
import java.util.Set;

/** What an attribute of an event must be like. Immutable. */
public sealed interface Condition {

    /** Whether an attribute's value, or its absence, satisfies this. */
    boolean holds(Optional<AttributeValue> value);

    /** The value is one of a few texts; a number is compared as it is written in decimal. */
    record OneOf(Set<String> values) implements Condition {
        public OneOf {
            values = Set.copyOf(values);
        }

        @Override
        public boolean holds(Optional<AttributeValue> value) {
            return value.isPresent() && values.contains(value.get().asText());
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
            return value.isPresent() && glob.matches(value.get().asText());
        }
    }

    /** The value is a number, or a text that is one, on one side of another. */
    record Compared(Side side, double number) implements Condition {
        @Override
        public boolean holds(Optional<AttributeValue> value) {
            double actual = value.map(Compared::number).orElse(Double.NaN);
            return switch (side) {
                case ABOVE -> actual > number;
                case AT_LEAST -> actual >= number;
                case BELOW -> actual < number;
                case AT_MOST -> actual <= number;
            };
        }

        private static double number(AttributeValue value) {
            return switch (value) {
                case AttributeValue.Whole whole -> whole.value();
                case AttributeValue.Real real -> real.value();
                case AttributeValue.Text text -> parsed(text.value());
                case AttributeValue.Empty empty -> Double.NaN;
                case AttributeValue.Flag flag -> Double.NaN;
                case AttributeValue.Bytes bytes -> Double.NaN;
                case AttributeValue.Sequence sequence -> Double.NaN;
                case AttributeValue.Mapping mapping -> Double.NaN;
            };
        }

        private static double parsed(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
    }

    /** The side of a number. */
    enum Side {
        ABOVE,
        AT_LEAST,
        BELOW,
        AT_MOST
    }
}
