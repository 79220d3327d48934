package io.tradingecosystem.audit.ingest.otlp;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;

/**
 * What each export becomes, whichever door it came by. A response means: on disk, but for what it
 * says was refused. An export that cannot be taken now fails with the intake's exceptions, and may
 * be sent again as it is. Thread-safe.
 */
final class Exports {
    private final Intake intake;
    private final Unused unused;
    private final SpanTranslation spans;
    private final LogTranslation logs;

    Exports(Intake intake, Unused unused) {
        this.intake = requireNonNull(intake, "intake is null");
        this.unused = requireNonNull(unused, "unused is null");
        this.spans = new SpanTranslation(intake.aliases(), intake.limits());
        this.logs = new LogTranslation(intake.aliases(), intake.limits());
    }

    ExportTraceServiceResponse traces(Door door, ExportTraceServiceRequest request) {
        Handover handover = new Handover(door, intake, "spans");
        spans.translate(request.getResourceSpansList(), handover);
        Refusals refusals = handover.finish();
        ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
        if (!refusals.isEmpty()) {
            response.getPartialSuccessBuilder()
                    .setRejectedSpans(refusals.records())
                    .setErrorMessage(refusals.message());
        }
        return response.build();
    }

    ExportLogsServiceResponse logs(Door door, ExportLogsServiceRequest request) {
        Handover handover = new Handover(door, intake, "log records");
        logs.translate(request.getResourceLogsList(), handover);
        Refusals refusals = handover.finish();
        ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
        if (!refusals.isEmpty()) {
            response.getPartialSuccessBuilder()
                    .setRejectedLogRecords(refusals.records())
                    .setErrorMessage(refusals.message());
        }
        return response.build();
    }

    /** Metrics have no use here yet: they are counted, and the sender is told. */
    ExportMetricsServiceResponse metrics(Door door, ExportMetricsServiceRequest request) {
        long points =
                request.getResourceMetricsList().stream()
                        .flatMap(resource -> resource.getScopeMetricsList().stream())
                        .flatMap(scope -> scope.getMetricsList().stream())
                        .mapToLong(Exports::dataPoints)
                        .sum();
        ExportMetricsServiceResponse.Builder response = ExportMetricsServiceResponse.newBuilder();
        if (points > 0) {
            unused.add(Unused.Kind.DATA_POINTS, door, points);
            response.getPartialSuccessBuilder()
                    .setRejectedDataPoints(points)
                    .setErrorMessage("Metrics are counted and not kept here; send them elsewhere.");
        }
        return response.build();
    }

    private static long dataPoints(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsCount();
            case SUM -> metric.getSum().getDataPointsCount();
            case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
            case SUMMARY -> metric.getSummary().getDataPointsCount();
            case DATA_NOT_SET -> 0;
        };
    }
}
