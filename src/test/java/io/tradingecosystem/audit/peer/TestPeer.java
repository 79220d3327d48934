package io.tradingecosystem.audit.peer;

import com.sun.net.httpserver.HttpServer;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.risk.v1.GetRiskMetricsRequest;
import io.tradingecosystem.risk.v1.GetRiskMetricsResponse;
import io.tradingecosystem.risk.v1.RiskMetric;
import io.tradingecosystem.risk.v1.RiskMonitorServiceGrpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A risk monitor on loopback, on another implementation of gRPC than that of the service. */
final class TestPeer implements AutoCloseable {
    static final String SERVICE = "risk-monitor";
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

    final HealthStatusManager health = new HealthStatusManager();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    private final String id;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final Map<String, String> wanted = new ConcurrentHashMap<>();
    private final int port;
    private final boolean risk;
    private volatile Status answer = Status.OK;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Metadata lastHeaders = new Metadata();
    private volatile Server server;
    private final HttpServer http;

    private TestPeer(String id, int port, boolean risk) {
        this.id = id;
        this.risk = risk;
        this.server = serve(port);
        this.port = server.getPort();
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext(
                "/",
                exchange -> {
                    URI asked = exchange.getRequestURI();
                    byte[] page = pages.get(asked.getPath());
                    boolean lacks =
                            !String.valueOf(asked.getRawQuery())
                                    .contains(wanted.getOrDefault(asked.getPath(), ""));
                    int status = page == null ? 404 : lacks ? 422 : 200;
                    exchange.sendResponseHeaders(status, status == 200 ? 0 : -1);
                    if (status == 200) {
                        exchange.getResponseBody().write(page);
                    }
                    exchange.close();
                });
        http.start();
    }

    /** One with health and risk.v1. */
    static TestPeer start(String id) {
        return new TestPeer(id, 0, true);
    }

    /** One with health alone. */
    static TestPeer withoutRisk(String id) {
        return new TestPeer(id, 0, false);
    }

    int port() {
        return port;
    }

    int httpPort() {
        return http.getAddress().getPort();
    }

    /** As a registry has it that knows of gRPC alone. */
    ServiceInstance instance() {
        return ServiceInstance.builder(SERVICE, id, "127.0.0.1").grpcPort(port).build();
    }

    /** Serves a page over HTTP. */
    TestPeer page(String path, String body) {
        pages.put(path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return this;
    }

    /** Serves a page over HTTP to whoever has this query parameter, 422 to others. */
    TestPeer pageWith(String path, String parameter, String body) {
        wanted.put(path, parameter);
        return page(path, body);
    }

    /** Every answer of risk.v1 is this. */
    void answer(Status status) {
        answer = status;
    }

    /** Holds every answer of risk.v1 back until the latch opens. */
    void hold(CountDownLatch latch) {
        gate = latch;
    }

    String traceparent() {
        return lastHeaders.get(TRACEPARENT);
    }

    String timeout() {
        return lastHeaders.get(TIMEOUT);
    }

    /** As if the process had been killed. */
    void stop() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** On the same port. */
    void restart() {
        server = serve(port);
    }

    @Override
    public void close() {
        gate.countDown();
        stop();
        http.stop(0);
        threads.shutdownNow();
    }

    private Server serve(int wanted) {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted))
                        .executor(threads)
                        .addService(health.getHealthService())
                        .intercept(new Recording());
        if (risk) {
            builder.addService(new Risk());
        }
        health.setStatus("", ServingStatus.SERVING);
        try {
            return builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Risk extends RiskMonitorServiceGrpc.RiskMonitorServiceImplBase {
        @Override
        public void getRiskMetrics(
                GetRiskMetricsRequest request, StreamObserver<GetRiskMetricsResponse> response) {
            calls.incrementAndGet();
            Context.current().addListener(context -> cancelled.incrementAndGet(), Runnable::run);
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!answer.isOk()) {
                response.onError(answer.asRuntimeException());
                return;
            }
            response.onNext(
                    GetRiskMetricsResponse.newBuilder()
                            .addMetrics(
                                    RiskMetric.newBuilder()
                                            .setName("exposure")
                                            .setValue(5.5)
                                            .setUnit("USD")
                                            .putLabels("portfolio", id))
                            .build());
            response.onCompleted();
        }
    }

    private final class Recording implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            lastHeaders = headers;
            return Contexts.interceptCall(Context.current(), call, headers, next);
        }
    }
}
