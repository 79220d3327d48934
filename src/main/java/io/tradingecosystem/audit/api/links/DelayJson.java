package io.tradingecosystem.audit.api.links;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.correlation.analysis.DelayStatistics.Compared;
import io.tradingecosystem.audit.correlation.analysis.DelayStatistics.Comparison;
import io.tradingecosystem.audit.correlation.analysis.DelayStatistics.Report;
import io.tradingecosystem.audit.correlation.analysis.Delays;
import io.tradingecosystem.audit.projection.Progress;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Statistics of delays as JSON, in seconds. */
final class DelayJson {
    private DelayJson() {}

    static void write(Report report, Progress progress, JsonGenerator json) throws IOException {
        json.writeStartObject();
        rows("rules", "rule", report.rules(), json);
        rows("hops", "hop", report.hops(), json);
        counts(report, json);
        ProgressAnswers.write("links", progress, json);
        json.writeEndObject();
    }

    static void write(
            Report actual,
            Report baseline,
            Comparison comparison,
            Progress progress,
            JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        compared("rules", "rule", comparison.rules(), json);
        compared("hops", "hop", comparison.hops(), json);
        counts(actual, json);
        json.writeNumberField("baseline_events", baseline.events());
        Incomplete.write("baseline_incomplete", baseline.incomplete(), json);
        ProgressAnswers.write("links", progress, json);
        json.writeEndObject();
    }

    private static void counts(Report report, JsonGenerator json) throws IOException {
        json.writeNumberField("events", report.events());
        json.writeBooleanField("truncated", !report.incomplete().isEmpty());
        Incomplete.write(report.incomplete(), json);
    }

    private static void rows(
            String list, String label, Map<String, Delays> rows, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(list);
        for (Map.Entry<String, Delays> row : rows.entrySet()) {
            json.writeStartObject();
            json.writeStringField(label, row.getKey());
            delays("delays", Optional.of(row.getValue()), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void compared(
            String list, String label, Map<String, Compared> rows, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(list);
        for (Map.Entry<String, Compared> row : rows.entrySet()) {
            json.writeStartObject();
            json.writeStringField(label, row.getKey());
            delays("delays", row.getValue().actual(), json);
            delays("baseline", row.getValue().baseline(), json);
            if (row.getValue().ratio().isPresent()) {
                json.writeNumberField("ratio", row.getValue().ratio().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void delays(String name, Optional<Delays> delays, JsonGenerator json)
            throws IOException {
        if (delays.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", delays.get().count());
        json.writeNumberField("min", LinkJson.seconds(delays.get().min()));
        json.writeNumberField("p50", LinkJson.seconds(delays.get().p50()));
        json.writeNumberField("p90", LinkJson.seconds(delays.get().p90()));
        json.writeNumberField("p99", LinkJson.seconds(delays.get().p99()));
        json.writeNumberField("max", LinkJson.seconds(delays.get().max()));
        json.writeEndObject();
    }
}
