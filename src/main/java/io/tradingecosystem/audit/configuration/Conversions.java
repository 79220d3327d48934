package io.tradingecosystem.audit.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.tradingecosystem.audit.common.Durations;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** From text to types; {@code unfit} makes what is thrown, from what was wanted. */
final class Conversions {
    /** JSON's numbers, of a length that is cheap to read. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");

    private Conversions() {}

    static boolean isNumber(String raw) {
        return NUMBER.matcher(raw).matches();
    }

    static int toInt(String raw, Function<String, ConfigurationException> unfit) {
        if (isShortInteger(raw)) {
            return Integer.parseInt(raw);
        }
        try {
            return number(raw, "int", unfit).intValueExact();
        } catch (ArithmeticException e) {
            throw unfit.apply("int");
        }
    }

    static long toLong(String raw, Function<String, ConfigurationException> unfit) {
        if (isShortInteger(raw)) {
            return Integer.parseInt(raw);
        }
        try {
            return number(raw, "long", unfit).longValueExact();
        } catch (ArithmeticException e) {
            throw unfit.apply("long");
        }
    }

    static double toDouble(String raw, Function<String, ConfigurationException> unfit) {
        double number = number(raw, "double", unfit).doubleValue();
        if (Double.isInfinite(number)) {
            throw unfit.apply("double");
        }
        return number;
    }

    static boolean toBoolean(String raw, Function<String, ConfigurationException> unfit) {
        return switch (raw.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw unfit.apply("boolean");
        };
    }

    static Duration toDuration(String raw, Function<String, ConfigurationException> unfit) {
        return Durations.parse(raw.strip()).orElseThrow(() -> unfit.apply("duration such as 30s"));
    }

    static <T> T toJson(
            String raw, Class<T> wanted, Function<String, ConfigurationException> unfit) {
        try {
            T read = Json.MAPPER.readValue(raw, wanted);
            if (read == null) {
                throw unfit.apply(wanted.getName());
            }
            return read;
        } catch (JsonProcessingException e) {
            throw unfit.apply(wanted.getName() + ", " + e.getOriginalMessage());
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

    private static BigDecimal number(
            String raw, String wanted, Function<String, ConfigurationException> unfit) {
        String text = raw.strip();
        if (!isNumber(text)) {
            throw unfit.apply(wanted);
        }
        return new BigDecimal(text);
    }
}
