package io.tradingecosystem.audit.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.common.PrintableText;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * For machines: one JSON object per line, with {@code time level event}, who wrote it, the trace,
 * and the event's fields. A field never overwrites these: it is written as {@code field.NAME}.
 */
final class JsonFormatter extends Formatter {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, String> about;

    JsonFormatter(Map<String, String> about) {
        this.about = new LinkedHashMap<>(about);
    }

    @Override
    public String format(LogRecord record) {
        LogLine line = LogLine.of(record);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", record.getInstant().toString());
        members.put("level", LogLine.word(record.getLevel()));
        members.put("event", line.event());
        members.putAll(about);
        TraceContext.current()
                .ifPresent(
                        trace -> {
                            members.put("trace_id", trace.traceId());
                            members.put("span_id", trace.spanId());
                        });
        line.fields()
                .forEach(
                        (name, value) ->
                                members.put(
                                        members.containsKey(name) ? "field." + name : name, value));
        line.failure().ifPresent(trace -> members.put("stack_trace", trace));
        return written(members) + "\n";
    }

    private static String written(Map<String, Object> members) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> member : members.entrySet()) {
                json.writeFieldName(member.getKey());
                write(json, member.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PrintableText.line(text.toString());
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case null, default -> json.writeString(LogLine.text(value));
        }
    }
}
