package io.tradingecosystem.audit.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a table mean. Immutable.
 *
 * @param columns the field or attribute of an event by the name of the column; a column that is not
 *     here keeps its name, and one with an empty name is left out
 * @param values of the fields and attributes that a row has not
 * @param timeUnit the nanoseconds of one unit of times in digits
 * @param separator between fields
 */
public record ColumnMap(
        Map<String, String> columns, Map<String, String> values, long timeUnit, char separator) {
    /** Columns with the names of events. */
    public static final ColumnMap NONE = new ColumnMap(Map.of(), Map.of(), 1, ',');

    private static final Map<String, Long> UNITS =
            Map.of("s", 1_000_000_000L, "ms", 1_000_000L, "us", 1_000L, "ns", 1L);
    private static final Set<String> KEYS = Set.of("columns", "values", "time-unit", "separator");

    public ColumnMap {
        columns = Map.copyOf(columns);
        values = Map.copyOf(values);
    }

    /**
     * Reads a map from YAML.
     *
     * @throws IOException if the file cannot be read
     * @throws InvalidColumnMapException if it makes no sense
     */
    public static ColumnMap read(Path file) throws IOException {
        JsonNode map = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
        if (!map.isObject()) {
            throw new InvalidColumnMapException("it has " + KEYS + ", and this is none of them");
        }
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                throw new InvalidColumnMapException(
                        "unknown key %s; there are %s".formatted(entry.getKey(), KEYS));
            }
        }
        return new ColumnMap(
                texts(map, "columns"), texts(map, "values"), unit(map), separator(map));
    }

    private static Map<String, String> texts(JsonNode map, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.path(key).properties()) {
            if (entry.getValue().isContainerNode()) {
                throw new InvalidColumnMapException(key + "." + entry.getKey() + " is a text");
            }
            texts.put(entry.getKey(), entry.getValue().asText(""));
        }
        return texts;
    }

    private static long unit(JsonNode map) {
        return Optional.ofNullable(UNITS.get(map.path("time-unit").asText("ns")))
                .orElseThrow(
                        () -> new InvalidColumnMapException("time-unit is one of s, ms, us, ns"));
    }

    private static char separator(JsonNode map) {
        String separator = map.path("separator").asText(",");
        if (separator.length() != 1 || "\"\r\n".contains(separator)) {
            throw new InvalidColumnMapException("separator is one character, and no quote");
        }
        return separator.charAt(0);
    }

    /** What a column is called in an event. */
    String name(String column) {
        return columns.getOrDefault(column, column);
    }
}
