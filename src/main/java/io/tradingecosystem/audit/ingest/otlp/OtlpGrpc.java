package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
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
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.server.grpc.TolerantMessages;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * OTLP/gRPC. What is thrown becomes a status in the guard of the door: busy is {@code
 * RESOURCE_EXHAUSTED} with {@code RetryInfo}, without which OTLP's clients would not try again.
 */
final class OtlpGrpc {
    private OtlpGrpc() {}

    static List<BindableService> services(Exports exports) {
        return List.of(
                counted(new Traces(exports), ExportTraceServiceRequest::getDescriptor),
                counted(new Logs(exports), ExportLogsServiceRequest::getDescriptor),
                counted(new Metrics(exports), ExportMetricsServiceRequest::getDescriptor));
    }

    /** The same service, which counts what is in a request before it parses it. */
    private static BindableService counted(BindableService service, Supplier<Descriptor> request) {
        return () -> {
            ServerServiceDefinition plain = tolerant(service).bindService();
            ServerMethodDefinition<?, ?> method = plain.getMethods().iterator().next();
            return counted(plain.getServiceDescriptor(), method, request);
        };
    }

    private static BindableService tolerant(BindableService service) {
        return TolerantMessages.requests(service, Set.of("Export"));
    }

    private static <Q, A> ServerServiceDefinition counted(
            ServiceDescriptor service,
            ServerMethodDefinition<Q, A> method,
            Supplier<Descriptor> request) {
        MethodDescriptor<Q, A> plain = method.getMethodDescriptor();
        MethodDescriptor<Q, A> counting =
                plain.toBuilder(
                                new Counting<>(plain.getRequestMarshaller(), request),
                                plain.getResponseMarshaller())
                        .build();
        return ServerServiceDefinition.builder(
                        ServiceDescriptor.newBuilder(service.getName())
                                .setSchemaDescriptor(service.getSchemaDescriptor())
                                .addMethod(counting)
                                .build())
                .addMethod(counting, method.getServerCallHandler())
                .build();
    }

    /**
     * Looks through a message before it is parsed; builds its descriptor for the first one only.
     */
    private record Counting<Q>(Marshaller<Q> marshaller, Supplier<Descriptor> type)
            implements Marshaller<Q> {
        @Override
        public InputStream stream(Q value) {
            return marshaller.stream(value);
        }

        @Override
        public Q parse(InputStream stream) {
            try {
                ByteString bytes = ByteString.readFrom(stream);
                Density.require(bytes, type.get());
                return marshaller.parse(bytes.newInput());
            } catch (IOException e) {
                throw Status.INVALID_ARGUMENT
                        .withDescription(
                                "The message cannot be parsed: "
                                        + Objects.requireNonNullElse(
                                                e.getMessage(), "it ends too early"))
                        .asRuntimeException();
            }
        }
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
            GrpcAnswers.one(response, exports.traces(Door.OTLP_GRPC, request));
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
            GrpcAnswers.one(response, exports.logs(Door.OTLP_GRPC, request));
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
            GrpcAnswers.one(response, exports.metrics(Door.OTLP_GRPC, request));
        }
    }
}
