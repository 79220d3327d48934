package io.tradingecosystem.audit.bench;

import com.sun.management.OperatingSystemMXBean;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.v1.Attribute;
import io.tradingecosystem.audit.v1.AttributeValue;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.RecordResult;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * How many events a second come in through {@code RecordEvents} over loopback, client and server in
 * one process, with the log on disk, against {@code EventLog.append} alone in the same run: batches
 * of 512, 8 calls in flight, events of about 300 bytes with trace, correlation and a business key.
 */
public final class GrpcIngest {
    private static final int BATCH = 512;
    private static final int IN_FLIGHT = 8;
    private static final int BATCHES = Integer.getInteger("bench.batches", 1_000);
    private static final int ROUNDS = 3;
    private static final HexFormat HEX = HexFormat.of();
    private static final long START = 1_769_860_800_000_000_000L;

    private GrpcIngest() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target"), "grpc-ingest");
        try {
            Settings settings = settings(directory);
            System.out.printf(
                    "%,d events a round, about %d bytes each as messages%n",
                    BATCHES * BATCH, message(0, 0).getSerializedSize());
            for (int round = 0; round < ROUNDS; round++) {
                int number = round;
                Run alone = alone(directory.resolve("alone" + round), number);
                Run grpc = grpc(settings, number);
                System.out.printf(
                        "append alone %s   RecordEvents %s   ratio %.2f%n",
                        alone, grpc, grpc.perSecond() / alone.perSecond());
            }
        } finally {
            Folders.delete(directory);
        }
    }

    private static Settings settings(Path directory) {
        Properties properties = new Properties();
        properties.put("server.http.port", "0");
        properties.put("server.http.host", "127.0.0.1");
        properties.put("server.grpc.port", "0");
        properties.put("server.grpc.host", "127.0.0.1");
        properties.put("registry.backend", "in-process");
        properties.put("configuration.address", "off");
        properties.put("logging.level", "error");
        properties.put("correlation.enabled", System.getProperty("bench.correlation", "true"));
        properties.put("store.path", directory.resolve("served").toString());
        return Settings.load(Optional.empty(), Map.of(), properties).settings();
    }

    private static Run alone(Path path, int round) throws Exception {
        Properties properties = new Properties();
        properties.put("store.path", path.toString());
        Settings own = Settings.load(Optional.empty(), Map.of(), properties).settings();
        try (EventStore store = EventStore.open(own.store(), StoreObserver.NONE, Time.system())) {
            return run(
                    batch -> {
                        List<AuditEvent> events = new ArrayList<>(BATCH);
                        for (int i = 0; i < BATCH; i++) {
                            events.add(event(round, batch * BATCH + i));
                        }
                        store.log().append(events);
                    });
        }
    }

    private static Run grpc(Settings settings, int round) throws Exception {
        try (AuditCorrelator correlator = AuditCorrelator.start(settings)) {
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", correlator.grpcPort())
                            .usePlaintext()
                            .build();
            try {
                var stub = EventServiceGrpc.newBlockingStub(channel);
                return run(
                        batch -> {
                            RecordEventsRequest.Builder request = RecordEventsRequest.newBuilder();
                            for (int i = 0; i < BATCH; i++) {
                                request.addEvents(message(round, batch * BATCH + i));
                            }
                            RecordResult last =
                                    stub.recordEvents(request.build()).getResults(BATCH - 1);
                            if (last.getOutcome() != RecordResult.Outcome.STORED) {
                                throw new IllegalStateException(last.toString());
                            }
                        });
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static Run run(IntConsumer send) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        long start = System.nanoTime();
        long cpu = cpu();
        for (int i = 0; i < IN_FLIGHT; i++) {
            senders.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int batch = next.getAndIncrement();
                                                batch < BATCHES;
                                                batch = next.getAndIncrement()) {
                                            send.accept(batch);
                                        }
                                    }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        double events = (double) BATCHES * BATCH;
        return new Run(events / (System.nanoTime() - start) * 1e9, (cpu() - cpu) / events / 1_000);
    }

    /** Processor time of the whole process, client and server, in nanoseconds. */
    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** The processor time does not depend on what else the machine does. */
    private record Run(double perSecond, double cpuMicros) {
        @Override
        public String toString() {
            return "%,9.0f events/s, %5.1f µs of CPU each".formatted(perSecond, cpuMicros);
        }
    }

    private static String id(int round, int number) {
        return HEX.toHexDigits(round) + "-0000-7000-8000-" + HEX.toHexDigits((long) number, 12);
    }

    private static String trace(int number) {
        return "4bf92f3577b34da6" + HEX.toHexDigits(number / 20 + 1L);
    }

    private static AuditEvent event(int round, int number) {
        return AuditEvent.builder("trading-system-engine", "order.placed")
                .id(id(round, number))
                .instance("trading-system-engine-1")
                .occurredAt(Times.ofEpochNanos(START + number * 1_000L))
                .traceId(trace(number))
                .spanId(HEX.toHexDigits(number + 1L))
                .correlationId("flow-" + number / 50)
                .attribute("order_id", "ORD-" + number / 5)
                .attribute("symbol", "BTC-USD")
                .attribute("quantity", 1.5)
                .message("order placed on the book")
                .build();
    }

    private static Event message(int round, int number) {
        return Event.newBuilder()
                .setService("trading-system-engine")
                .setType("order.placed")
                .setId(id(round, number))
                .setInstance("trading-system-engine-1")
                .setOccurredAt(START + number * 1_000L)
                .setTraceId(trace(number))
                .setSpanId(HEX.toHexDigits(number + 1L))
                .setCorrelationId("flow-" + number / 50)
                .addAttributes(text("order_id", "ORD-" + number / 5))
                .addAttributes(text("symbol", "BTC-USD"))
                .addAttributes(
                        Attribute.newBuilder()
                                .setName("quantity")
                                .setValue(AttributeValue.newBuilder().setReal(1.5)))
                .setMessage("order placed on the book")
                .build();
    }

    private static Attribute text(String name, String value) {
        return Attribute.newBuilder()
                .setName(name)
                .setValue(AttributeValue.newBuilder().setText(value))
                .build();
    }
}
