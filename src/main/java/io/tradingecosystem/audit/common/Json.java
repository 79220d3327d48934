package io.tradingecosystem.audit.common;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * How this service writes and reads JSON: names in snake_case, times in RFC 3339, durations as
 * {@code 30s}, absent optionals left out, duplicate keys refused, nesting bounded. Thread-safe.
 */
public final class Json {
    private static final int DEEPEST_NESTING = 100;
    private static final ObjectMapper MAPPER = create();

    private Json() {}

    /** The mapper of all doors. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** A document as JSON in UTF-8. */
    public static byte[] bytes(Object document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + document.getClass(), e);
        }
    }

    /** The same as a line, as people and shells read it. */
    public static byte[] line(Object document) {
        byte[] bytes = bytes(document);
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }

    /** A document as JSON. */
    public static String text(Object document) {
        return new String(bytes(document), StandardCharsets.UTF_8);
    }

    private static ObjectMapper create() {
        JsonFactory factory =
                JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(DEEPEST_NESTING)
                                        .build())
                        .build();
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(
                        new SimpleModule().addSerializer(Duration.class, new DurationSerializer()))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .defaultPropertyInclusion(
                        com.fasterxml.jackson.annotation.JsonInclude.Value.construct(
                                com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT,
                                com.fasterxml.jackson.annotation.JsonInclude.Include.ALWAYS))
                .build();
    }

    private static final class DurationSerializer extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider context)
                throws IOException {
            json.writeString(Durations.format(value));
        }
    }
}
