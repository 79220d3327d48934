package io.tradingecosystem.audit.bench;

import com.google.protobuf.ByteString;
import com.sun.management.OperatingSystemMXBean;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.StoreObserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spans over OTLP/HTTP in protobuf, 512 a request, 8 requests at a time on loopback, with the whole
 * service behind, against {@code EventLog.append} of the same events in the same batches. Both with
 * one sync per group; client and server share the machine. Events each round: the first argument,
 * 102,400 by default.
 */
public final class OtlpIngest {
    private static final int ROUNDS = 3;
    private static final int BATCH = 512;
    private static final int AT_A_TIME = 8;

    private OtlpIngest() {}

    public static void main(String[] arguments) throws Exception {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 102_400;
        int batches = events / BATCH;
        Path target = Files.createDirectories(Path.of("target"));
        Path directory = Files.createTempDirectory(target, "otlp-ingest");
        Pace[] appended = new Pace[ROUNDS];
        Pace[] sent = new Pace[ROUNDS];
        try (EventStore store =
                        EventStore.open(
                                settings(directory.resolve("log")).store(),
                                StoreObserver.NONE,
                                Time.system());
                AuditCorrelator correlator =
                        AuditCorrelator.start(settings(directory.resolve("service")))) {
            run(batches / 4, batch(store, -1, batches / 4));
            run(batches / 4, request(correlator.httpPort(), -1, batches / 4));
            for (int round = 0; round < ROUNDS; round++) {
                appended[round] = run(batches, batch(store, round, batches));
                sent[round] = run(batches, request(correlator.httpPort(), round, batches));
                System.out.printf(
                        "append alone %s    OTLP/HTTP %s%n", appended[round], sent[round]);
            }
        } finally {
            Folders.delete(directory);
        }
        Pace alone = median(appended);
        Pace whole = median(sent);
        System.out.printf(
                Locale.ROOT,
                "median: append alone %s    OTLP/HTTP %s    ratio %.2f, of CPU %.2f%n",
                alone,
                whole,
                whole.perSecond() / alone.perSecond(),
                alone.micros() / whole.micros());
    }

    /**
     * How quickly events went in.
     *
     * @param perSecond events by the clock
     * @param micros of CPU for each, in the whole process: it says more on a busy machine
     */
    private record Pace(double perSecond, double micros) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,8.0f events/s, %4.1f us CPU", perSecond, micros);
        }
    }

    /** What is done with one batch. */
    private interface Work {
        void with(int batch) throws IOException, InterruptedException;
    }

    private static Pace run(int batches, Work work) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                running.add(
                        workers.submit(
                                () -> {
                                    int batch = next.getAndIncrement();
                                    while (batch < batches) {
                                        work.with(batch);
                                        batch = next.getAndIncrement();
                                    }
                                    return batch;
                                }));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
        }
        double events = batches * (double) BATCH;
        return new Pace(
                events / ((System.nanoTime() - start) / 1e9), (cpuNanos() - cpu) / 1e3 / events);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Work batch(EventStore store, int round, int batches) {
        List<List<AuditEvent>> ready = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
            List<AuditEvent> events = new ArrayList<>();
            spans(round, batch).getSpansList().forEach(span -> events.add(event(span)));
            ready.add(events);
        }
        return batch -> {
            while (true) {
                try {
                    store.log().append(ready.get(batch));
                    return;
                } catch (LogBusyException e) {
                    Thread.sleep(e.retryAfter());
                }
            }
        };
    }

    /** Requests as bytes on connections that are kept, so that the client costs little. */
    private static Work request(int port, int round, int batches) throws IOException {
        List<byte[]> ready = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
            ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
            export.addResourceSpansBuilder()
                    .addScopeSpans(spans(round, batch))
                    .getResourceBuilder()
                    .addAttributes(text("service.name", "exchange-simulator"))
                    .addAttributes(text("service.instance.id", "exchange-simulator-1"));
            ready.add(request(export.build().toByteArray()));
        }
        ThreadLocal<Socket> sockets =
                ThreadLocal.withInitial(
                        () -> {
                            try {
                                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                                socket.setTcpNoDelay(true);
                                return socket;
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        return batch -> {
            Socket socket = sockets.get();
            Answer answer = exchange(socket, ready.get(batch));
            while (answer.status().equals("429")) {
                Thread.sleep(Duration.ofSeconds(answer.retryAfter()));
                answer = exchange(socket, ready.get(batch));
            }
            if (!answer.status().equals("200")) {
                throw new IOException("answered " + answer.status());
            }
        };
    }

    private static byte[] request(byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String head =
                "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-protobuf\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        return request.toByteArray();
    }

    /**
     * What is of interest of an answer.
     *
     * @param retryAfter in seconds
     */
    private record Answer(String status, int retryAfter) {}

    /** Sends one request and reads its answer. */
    private static Answer exchange(Socket socket, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) next);
        }
        in.readNBytes(number(head.toString(), "content-length:"));
        return new Answer(head.substring(9, 12), number(head.toString(), "retry-after:"));
    }

    /** The value of a header; 0 without it. */
    private static int number(String head, String name) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(name);
        return at < 0
                ? 0
                : Integer.parseInt(
                        lower.substring(at + name.length(), lower.indexOf('\r', at)).strip());
    }

    private static ScopeSpans spans(int round, int batch) {
        ScopeSpans.Builder spans = ScopeSpans.newBuilder();
        spans.getScopeBuilder().setName("exchange");
        for (int i = 0; i < BATCH; i++) {
            long number = (round + 2L) * 100_000_000L + (long) batch * BATCH + i;
            long trace = number / 20;
            long start = 1_767_261_600_000_000_000L + number * 10_000;
            spans.addSpans(
                    Span.newBuilder()
                            .setTraceId(bytes(~trace, trace))
                            .setSpanId(bytes(number))
                            .setName("order.filled")
                            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                            .setStartTimeUnixNano(start)
                            .setEndTimeUnixNano(start + 250_000)
                            .addAttributes(text("correlation_id", "flow-" + trace))
                            .addAttributes(text("order_id", "ORD-" + trace))
                            .addAttributes(text("symbol", "BTC-USD"))
                            .addAttributes(text("venue", "XSIM"))
                            .addAttributes(whole("quantity", number % 1_000)));
        }
        return spans.build();
    }

    /** The event that the service makes of a span. */
    private static AuditEvent event(Span span) {
        String traceId = hex(span.getTraceId());
        String spanId = hex(span.getSpanId());
        Map<String, String> texts = new HashMap<>();
        span.getAttributesList().forEach(a -> texts.put(a.getKey(), a.getValue().getStringValue()));
        return AuditEvent.builder("exchange-simulator", span.getName())
                .id(traceId + "-" + spanId)
                .instance("exchange-simulator-1")
                .occurredAt(Times.ofEpochNanos(span.getStartTimeUnixNano()))
                .duration(Duration.ofNanos(250_000))
                .traceId(traceId)
                .spanId(spanId)
                .correlationId(texts.getOrDefault("correlation_id", ""))
                .attribute("order_id", texts.getOrDefault("order_id", ""))
                .attribute("symbol", "BTC-USD")
                .attribute("venue", "XSIM")
                .attribute("quantity", span.getAttributes(4).getValue().getIntValue())
                .attribute("span.kind", "server")
                .attribute("otel.scope.name", "exchange")
                .build();
    }

    private static KeyValue text(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static KeyValue whole(String name, long value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    private static ByteString bytes(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8);
        Arrays.stream(values).forEach(bytes::putLong);
        return ByteString.copyFrom(bytes.array());
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Settings settings(Path log) {
        Properties properties = new Properties();
        properties.put("server.http.port", "0");
        properties.put("server.grpc.port", "0");
        properties.put("registry.backend", "in-process");
        properties.put("store.path", log.toString());
        return Settings.load(Optional.empty(), Map.of(), properties).settings();
    }

    private static Pace median(Pace[] paces) {
        Pace[] sorted = paces.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(Pace::perSecond));
        return sorted[sorted.length / 2];
    }
}
