package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.Message;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.tradingecosystem.audit.api.events.EventProblems;
import io.tradingecosystem.audit.api.events.IngestMonitoring;
import io.tradingecosystem.audit.app.LimitWiring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.FaultyLog;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Both doors of OpenTelemetry, before a log in memory. */
final class OtlpServer implements AutoCloseable {
    static final String PROTOBUF = "application/x-protobuf";
    static final String JSON = "application/json";

    final MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());
    final FaultyLog log = new FaultyLog(store);
    final Intake intake;
    final Http http;
    private final Monitoring monitoring;
    private final OpenDoors doors;
    private final HttpClient client = HttpClient.newHttpClient();

    private OtlpServer(Map<String, String> changes) {
        Settings settings = TestSettings.of(changes);
        Identity identity = Identity.of(settings, Build.read(), Instant.EPOCH);
        monitoring = Monitoring.create(identity, Time.system());
        EventProblems.map(monitoring.problems());
        IngestMonitoring observer = IngestMonitoring.create(monitoring);
        intake = Intake.create(settings.ingest(), log, observer, Time.system());
        observer.show(intake, LimitWiring.start(settings, monitoring));
        Doors all = Doors.create(settings.server(), monitoring);
        Otlp.add(all, intake, settings.server().grpc().maxMessageSize(), monitoring);
        doors = all.open();
        http = Http.of(doors.httpPort());
    }

    static OtlpServer open(Map<String, String> changes) {
        return new OtlpServer(changes);
    }

    String httpEndpoint() {
        return "http://127.0.0.1:" + doors.httpPort();
    }

    String grpcEndpoint() {
        return "http://127.0.0.1:" + doors.grpcPort();
    }

    int grpcPort() {
        return doors.grpcPort();
    }

    /** All events, in the order of the log. */
    List<AuditEvent> events() {
        return store.read(0, Integer.MAX_VALUE / 2);
    }

    HttpResponse<byte[]> post(String path, String contentType, Message message) {
        return post(path, contentType, message.toByteArray());
    }

    HttpResponse<byte[]> post(String path, String contentType, byte[] body, String... headers) {
        return send("POST", path, contentType, body, headers);
    }

    HttpResponse<byte[]> send(
            String method, String path, String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(httpEndpoint() + path))
                        .header("Content-Type", contentType)
                        .method(method, BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as a request of the trace service; gives the status. */
    Status.Code exportOverGrpc(byte[] request) {
        MethodDescriptor<byte[], byte[]> method =
                MethodDescriptor.<byte[], byte[]>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(TraceServiceGrpc.getExportMethod().getFullMethodName())
                        .setRequestMarshaller(new Raw())
                        .setResponseMarshaller(new Raw())
                        .build();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", grpcPort()).usePlaintext().build();
        try {
            ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    /** Bytes as they are. */
    private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        doors.close();
        monitoring.close();
    }
}
