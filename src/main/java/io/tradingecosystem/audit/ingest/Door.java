package io.tradingecosystem.audit.ingest;

import java.util.Locale;

/** The doors that events come in by, as the ledger and the metrics name them. */
public enum Door {
    GRPC,
    HTTP,
    OTLP_GRPC,
    OTLP_HTTP,
    CLOUDEVENTS,
    ALERTMANAGER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in metrics and JSON: {@code otlp_grpc}. */
    public String label() {
        return label;
    }
}
