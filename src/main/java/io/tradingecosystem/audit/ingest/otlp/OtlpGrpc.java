package io.tradingecosystem.audit.ingest.otlp;

import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.tradingecosystem.audit.ingest.Door;

import java.util.List;

/**
 * OTLP/gRPC. What is thrown becomes a status in the guard of the door: busy is {@code
 * RESOURCE_EXHAUSTED} with {@code RetryInfo}, without which OTLP's clients would not try again.
 */
final class OtlpGrpc {
    private OtlpGrpc() {}

    static List<BindableService> services(Exports exports) {
        return List.of(new Traces(exports), new Logs(exports), new Metrics(exports));
    }

    private static <T> void answer(StreamObserver<T> response, T message) {
        response.onNext(message);
        response.onCompleted();
    }

    private static final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
        private final Exports exports;

        private Traces(Exports exports) {
            this.exports = exports;
        }

        @Override
        public void export(
                ExportTraceServiceRequest request,
                StreamObserver<ExportTraceServiceResponse> response) {
            answer(response, exports.traces(Door.OTLP_GRPC, request));
        }
    }

    private static final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
        private final Exports exports;

        private Logs(Exports exports) {
            this.exports = exports;
        }

        @Override
        public void export(
                ExportLogsServiceRequest request,
                StreamObserver<ExportLogsServiceResponse> response) {
            answer(response, exports.logs(Door.OTLP_GRPC, request));
        }
    }

    private static final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
        private final Exports exports;

        private Metrics(Exports exports) {
            this.exports = exports;
        }

        @Override
        public void export(
                ExportMetricsServiceRequest request,
                StreamObserver<ExportMetricsServiceResponse> response) {
            answer(response, exports.metrics(Door.OTLP_GRPC, request));
        }
    }
}
