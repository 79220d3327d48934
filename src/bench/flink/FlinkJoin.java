import com.sun.management.OperatingSystemMXBean;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The same question in Flink: every placed order wants to be filled within ten seconds, by its key.
 * An interval join with its state in RocksDB and a checkpoint each second, all in this process; the
 * results are thrown away. An order is filled 15,000 orders later, 20 µs each, as in JudgingCost.
 * Unlike the correlator's, these events are in no log, can be looked up by nobody, and an order
 * that is never filled gets no result.
 *
 * <p>Arguments: events of a run (4,000,000), runs (3); the first run of each is a warm-up.
 */
public final class FlinkJoin {
    private static final int LAG = 15_000;
    private static final long STEP_MICROS = 20;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private FlinkJoin() {}

    /** A placed or filled order. */
    public static final class Event implements Serializable {
        public boolean placed;
        public String id;
        public String orderId;
        public String symbol;
        public double price;
        public String message;
        public long at;

        public Event() {}

        static Event of(long number) {
            Event event = new Event();
            long step = number / 2;
            long order = number % 2 == 0 ? step : step - LAG;
            event.placed = number % 2 == 0;
            event.id = (event.placed ? "placed-" : "filled-") + order;
            event.orderId = "order-" + order;
            event.symbol = "BTC-USD";
            event.price = 61_000.5;
            event.message = "what happened, in a sentence as long as they usually are";
            event.at = 1_767_261_600_000L + step * STEP_MICROS / 1_000;
            return event;
        }
    }

    /** That an order was filled in time. */
    public static final class Passed extends ProcessJoinFunction<Event, Event, String> {
        @Override
        public void processElement(
                Event placed, Event filled, Context context, Collector<String> out) {
            out.collect(placed.id + " PASSED");
        }
    }

    public static void main(String[] arguments) throws Exception {
        long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : 4_000_000;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        for (int i = 0; i <= runs; i++) {
            long started = System.nanoTime();
            long cpu = SYSTEM.getProcessCpuTime();
            run(events);
            double seconds = (System.nanoTime() - started) / 1e9;
            double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / events;
            System.out.printf(
                    "%s: %,d events, %,.0f events/s, %.2f µs of CPU an event%n",
                    i == 0 ? "warm-up" : "Flink " + i, events, events / seconds, micros);
        }
    }

    private static void run(long events) throws Exception {
        Path checkpoints = Files.createTempDirectory("flink-join");
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        // Timers on the heap, as Flink's own advice is where they fit.
        configuration.setString("state.backend.rocksdb.timer-service.factory", "HEAP");
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        environment.getConfig().enableObjectReuse();
        environment.enableCheckpointing(1_000);
        DataStream<Event> all =
                environment.fromSource(
                        new DataGeneratorSource<>(
                                Event::of, events, TypeInformation.of(Event.class)),
                        WatermarkStrategy.<Event>forBoundedOutOfOrderness(Duration.ofSeconds(2))
                                .withTimestampAssigner((event, before) -> event.at),
                        "orders");
        all.filter(event -> event.placed)
                .keyBy(event -> event.orderId)
                .intervalJoin(all.filter(event -> !event.placed).keyBy(event -> event.orderId))
                .between(Duration.ZERO, Duration.ofSeconds(10))
                .process(new Passed())
                .sinkTo(new DiscardingSink<>());
        environment.execute("placed wants filled");
    }
}
