package io.tradingecosystem.audit.settings;

import io.tradingecosystem.audit.common.Durations;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A typed view of one part of the settings. Reading a key declares it: what is never read is
 * unknown, and an unknown key in the file is a problem. A bad value is noted and the default
 * returned, so that one start names every problem. Not thread-safe.
 */
final class Section {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB|TiB)?");

    private static final String AUTO = "auto";
    private static final String OFF = "off";

    private final Reading reading;
    private final String prefix;

    Section(Reading reading, String prefix) {
        this.reading = reading;
        this.prefix = prefix;
    }

    /** The part below {@code name}. */
    Section section(String name) {
        return new Section(reading, key(name) + ".");
    }

    /** Any text. */
    String text(String name, String otherwise) {
        return value(name, otherwise, "a text", Optional::of, s -> s);
    }

    /** Text that matches {@code pattern}; {@code allowed} says so in words. */
    String text(String name, String otherwise, Pattern pattern, String allowed) {
        return text(name, otherwise, pattern.asMatchPredicate(), allowed);
    }

    /** Text for which {@code valid} holds; {@code allowed} says so in words. */
    String text(String name, String otherwise, Predicate<String> valid, String allowed) {
        return value(name, otherwise, allowed, s -> Optional.of(s).filter(valid), s -> s);
    }

    /** Text that may be missing. */
    Optional<String> optionalText(String name) {
        return Optional.of(text(name, "")).filter(s -> !s.isEmpty());
    }

    /** A text that is shown nowhere, and may be missing. */
    Optional<Secret> secret(String name) {
        return optionalText(name).map(Secret::new);
    }

    /** A whole number from {@code min} to {@code max}. */
    int integer(String name, int otherwise, int min, int max) {
        return Math.toIntExact(number(name, otherwise, min, max));
    }

    /** A whole number from {@code min} to {@code max}. */
    long number(String name, long otherwise, long min, long max) {
        return value(
                name,
                otherwise,
                "a whole number from " + min + " to " + max,
                s -> attempt(Long::parseLong, s).filter(v -> v >= min && v <= max),
                Object::toString);
    }

    /** A decimal number from {@code min} to {@code max}. */
    double decimal(String name, double otherwise, double min, double max) {
        return value(
                name,
                otherwise,
                "a number from " + min + " to " + max,
                s -> attempt(Double::parseDouble, s).filter(v -> v >= min && v <= max),
                Object::toString);
    }

    /** {@code true} or {@code false}. */
    boolean flag(String name, boolean otherwise) {
        return value(
                name,
                otherwise,
                "true or false",
                s ->
                        switch (s.toLowerCase(Locale.ROOT)) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            default -> Optional.empty();
                        },
                Object::toString);
    }

    /**
     * A duration as {@code 100ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 90d} or ISO 8601.
     */
    Duration duration(String name, Duration otherwise, Duration min, Duration max) {
        return value(
                name,
                otherwise,
                "a duration like 100ms, 30s, 5m, 24h or 90d, from "
                        + Durations.format(min)
                        + " to "
                        + Durations.format(max),
                s -> Durations.parse(s).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0),
                Durations::format);
    }

    /** A size in bytes as {@code 4096}, {@code 64KiB}, {@code 16MiB}, {@code 20GiB}. */
    long bytes(String name, long otherwise, long min, long max) {
        return value(
                name,
                otherwise,
                "a size in bytes like 4096, 64KiB, 16MiB or 20GiB, from " + min + " to " + max,
                s -> parseBytes(s).filter(v -> v >= min && v <= max),
                Object::toString);
    }

    /** A size in bytes, or empty for {@code auto}, the default. */
    OptionalLong bytesOrAuto(String name, long min, long max) {
        return numberOr(
                AUTO,
                name,
                OptionalLong.empty(),
                "a size in bytes like 4096, 64KiB, 16MiB or 20GiB, from %d to %d"
                        .formatted(min, max),
                s -> parseBytes(s).filter(v -> v >= min && v <= max));
    }

    /** A size in bytes, or empty for {@code off}. */
    OptionalLong bytesOrOff(String name, OptionalLong otherwise, long min, long max) {
        return numberOr(
                OFF,
                name,
                otherwise,
                "a size in bytes like 4096, 64KiB, 16MiB or 20GiB, from %d to %d"
                        .formatted(min, max),
                s -> parseBytes(s).filter(v -> v >= min && v <= max));
    }

    /** A whole number, or empty for {@code off}. */
    OptionalLong numberOrOff(String name, OptionalLong otherwise, long min, long max) {
        return numberOr(
                OFF,
                name,
                otherwise,
                "a whole number from %d to %d".formatted(min, max),
                s -> attempt(Long::parseLong, s).filter(v -> v >= min && v <= max));
    }

    private OptionalLong numberOr(
            String word,
            String name,
            OptionalLong otherwise,
            String allowed,
            Function<String, Optional<Long>> parse) {
        return value(
                name,
                otherwise,
                word + ", or " + allowed,
                s ->
                        s.equalsIgnoreCase(word)
                                ? Optional.of(OptionalLong.empty())
                                : parse.apply(s).map(OptionalLong::of),
                number -> number.isEmpty() ? word : "" + number.getAsLong());
    }

    /** One of an enum's constants, written in lower case with dashes. */
    <E extends Enum<E>> E choice(String name, E otherwise) {
        Class<E> type = otherwise.getDeclaringClass();
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Section::settingName).toList();
        return value(
                name,
                otherwise,
                "one of " + String.join(", ", names),
                s ->
                        Arrays.stream(type.getEnumConstants())
                                .filter(e -> settingName(e).equalsIgnoreCase(s))
                                .findFirst(),
                Section::settingName);
    }

    /** A URI with a host and one of {@code schemes}; credentials in it are masked when printed. */
    URI uri(String name, URI otherwise, String... schemes) {
        return value(
                name,
                otherwise,
                "a URI with a host and scheme " + String.join(" or ", schemes),
                s -> parseUri(s, schemes),
                URI::toString);
    }

    /** A list; in the file a YAML list, elsewhere separated by commas. */
    List<String> texts(String name, List<String> otherwise) {
        return reading.list(key(name), otherwise);
    }

    /** A table with keys of the user's choice, from the file only; each row is a list of texts. */
    Map<String, List<String>> table(String name, Map<String, List<String>> otherwise) {
        return reading.table(key(name), otherwise);
    }

    /**
     * Texts under keys of the user's choice, dots included. Those of {@code otherwise} that the
     * file does not have are added; the value of each can be overridden like any other.
     */
    Map<String, String> entries(String name, Map<String, String> otherwise) {
        Map<String, String> all = new TreeMap<>(otherwise);
        reading.below(key(name)).forEach(below -> all.putIfAbsent(below, ""));
        all.replaceAll((below, text) -> text(name + "." + below, text));
        return all;
    }

    /** The names of the user's choice below {@code name} that have keys of their own. */
    Set<String> groups(String name) {
        return reading.below(key(name)).stream()
                .filter(below -> below.contains("."))
                .map(below -> below.substring(0, below.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Notes a problem that concerns a key as a whole, such as two keys that contradict. */
    void problem(String name, String value, String allowed) {
        reading.problem(key(name), value, allowed);
    }

    private <T> T value(
            String name,
            T otherwise,
            String allowed,
            Function<String, Optional<T>> parse,
            Function<T, String> show) {
        return reading.value(key(name), otherwise, allowed, parse, show);
    }

    private String key(String name) {
        return prefix + name;
    }

    private static String settingName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> Optional<T> attempt(Function<String, T> parse, String text) {
        try {
            return Optional.of(parse.apply(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> parseBytes(String text) {
        var matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = Optional.ofNullable(matcher.group(2)).orElse("B");
        int shift = 10 * List.of("B", "KiB", "MiB", "GiB", "TiB").indexOf(unit);
        long count = Long.parseLong(matcher.group(1));
        return count > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(count << shift);
    }

    private static Optional<URI> parseUri(String text, String... schemes) {
        try {
            URI uri = new URI(text);
            boolean fits = uri.getHost() != null && List.of(schemes).contains(uri.getScheme());
            return fits ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
