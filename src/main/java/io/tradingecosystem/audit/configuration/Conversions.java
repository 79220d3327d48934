package io.tradingecosystem.audit.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.tradingecosystem.audit.common.Durations;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** From text to types. */
final class Conversions {
    private static final int LONGEST_SHOWN = 100;

    /** JSON's numbers, of a length that is cheap to read. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");

    private Conversions() {}

    static boolean isNumber(String raw) {
        return NUMBER.matcher(raw).matches();
    }

    static int toInt(ConfigurationValue value) {
        if (isShortInteger(value.raw())) {
            return Integer.parseInt(value.raw());
        }
        try {
            return number(value, "int").intValueExact();
        } catch (ArithmeticException e) {
            throw failure(value, "int");
        }
    }

    static long toLong(ConfigurationValue value) {
        if (isShortInteger(value.raw())) {
            return Integer.parseInt(value.raw());
        }
        try {
            return number(value, "long").longValueExact();
        } catch (ArithmeticException e) {
            throw failure(value, "long");
        }
    }

    static double toDouble(ConfigurationValue value) {
        double number = number(value, "double").doubleValue();
        if (Double.isInfinite(number)) {
            throw failure(value, "double");
        }
        return number;
    }

    static boolean toBoolean(ConfigurationValue value) {
        return switch (value.raw().strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw failure(value, "boolean");
        };
    }

    static Duration toDuration(ConfigurationValue value) {
        return Durations.parse(value.raw().strip())
                .orElseThrow(() -> failure(value, "duration such as 30s"));
    }

    static <T> T toJson(ConfigurationValue value, Class<T> wanted) {
        try {
            T read = Json.MAPPER.readValue(value.raw(), wanted);
            if (read == null) {
                throw failure(value, wanted.getName());
            }
            return read;
        } catch (JsonProcessingException e) {
            throw failure(value, wanted.getName() + ", " + e.getOriginalMessage());
        }
    }

    /** What most numbers are: up to nine digits. They are read at a fraction of the price. */
    private static boolean isShortInteger(String raw) {
        if (raw.isEmpty() || raw.length() > 9) {
            return false;
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal number(ConfigurationValue value, String wanted) {
        String text = value.raw().strip();
        if (!isNumber(text)) {
            throw failure(value, wanted);
        }
        return new BigDecimal(text);
    }

    static ConfigurationException failure(ConfigurationValue value, String wanted) {
        String raw = value.raw();
        String shown =
                raw.length() > LONGEST_SHOWN
                        ? raw.substring(0, LONGEST_SHOWN) + "… (" + raw.length() + " characters)"
                        : raw;
        return new ConfigurationException(
                value.key(),
                ConfigurationException.Reason.WRONG_TYPE,
                "%s is \"%s\" (from %s), not a %s"
                        .formatted(
                                value.key(),
                                shown,
                                value.source().name().toLowerCase(Locale.ROOT),
                                wanted));
    }
}
