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

    /**
     * Whether what is sent at once belongs to the run of the request: an exporter sends spans of
     * many requests, and Alertmanager alerts of whatever there is.
     */
    boolean isOfOneRun() {
        return switch (this) {
            case HTTP, GRPC, CLOUDEVENTS -> true;
            case OTLP_GRPC, OTLP_HTTP, ALERTMANAGER -> false;
        };
    }

    /** The name in metrics and JSON: {@code otlp_grpc}. */
    public String label() {
        return label;
    }
}
