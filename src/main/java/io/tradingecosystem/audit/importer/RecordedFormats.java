package io.tradingecosystem.audit.importer;

import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.ingest.otlp.RecordedSpans;

import java.util.List;
import java.util.Optional;

/** The formats by their names. */
public final class RecordedFormats {
    /** The names. */
    public static final List<String> NAMES = List.of("jaeger", "zipkin", "csv");

    private RecordedFormats() {}

    /** The format with a name; empty if there is none. */
    public static Optional<RecordedFormat> of(String name, ColumnMap columns) {
        RecordedSpans spans = new RecordedSpans(EventAliases.DEFAULT, EventLimits.DEFAULT);
        return switch (name) {
            case "jaeger" -> Optional.of(new JaegerFormat(spans));
            case "zipkin" -> Optional.of(new ZipkinFormat(spans));
            case "csv" -> Optional.of(new CsvFormat(columns));
            default -> Optional.empty();
        };
    }
}
