package io.tradingecosystem.audit.bench;

import com.sun.management.OperatingSystemMXBean;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.FoundLink;
import io.tradingecosystem.audit.correlation.links.FoundLinks;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What linking costs, and how soon a link can be seen. 20 rules, of which each event in ten matches
 * one: half of these are causes, half are their effects. Every rule joins by one key.
 *
 * <ul>
 *   <li>Throughput: the same events are appended to a durable log by four threads, in batches of
 *       500, with nobody linking and with a linker; the clock stops when all is on disk and, with a
 *       linker, all is linked. Goal: with is at least 0.7 of without, by time and by what the
 *       processors do.
 *   <li>Latency: 20,000 events/s from four senders, twenty events at a time; from the moment when
 *       an append returned until a watcher has the link. Goal: 99 % under 50 ms.
 * </ul>
 *
 * <p>Arguments: events per run (1,000,000), runs of each kind (3), seconds of latency (10).
 */
public final class CorrelationThroughput {
    private static final int RULES = 20;
    private static final int THREADS = 4;
    private static final int BATCH = 500;
    private static final int RATE = 20_000;
    private static final int TOGETHER = 20;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final PrintStream out;
    private final Path rules;

    private CorrelationThroughput(PrintStream out, Path rules) {
        this.out = out;
        this.rules = rules;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        Path rules = Files.createTempDirectory("rules");
        Files.writeString(rules.resolve("all.yaml"), rules());
        CorrelationThroughput bench = new CorrelationThroughput(System.out, rules);
        bench.throughput(events, runs);
        bench.latency(seconds);
        Folders.delete(rules);
    }

    private static String rules() {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (int i = 0; i < RULES; i++) {
            yaml.append(
                    "  - {name: rule-%d, trigger: {type: cause.%d}, effect: {type: effect.%d},"
                                    .formatted(i, i, i)
                            + " within: 2m, join: [order_id]}\n");
        }
        return yaml.toString();
    }

    private void throughput(int events, int runs) throws Exception {
        List<Run> without = new ArrayList<>();
        List<Run> with = new ArrayList<>();
        run(Math.min(events, 200_000), false);
        run(Math.min(events, 200_000), true);
        for (int i = 0; i < runs; i++) {
            without.add(run(events, false));
            with.add(run(events, true));
            print("%,d events".formatted(events), without.getLast(), with.getLast());
        }
        print("median", median(without), median(with));
    }

    private void print(String what, Run without, Run with) {
        out.printf(
                "%s: without %,.0f/s, with %,.0f/s, ratio %.2f;"
                        + " CPU an event without %.2f µs, with %.2f µs, ratio %.2f%n",
                what,
                without.rate(),
                with.rate(),
                with.rate() / without.rate(),
                without.cpu(),
                with.cpu(),
                without.cpu() / with.cpu());
    }

    private static Run median(List<Run> runs) {
        double[] rates = runs.stream().mapToDouble(Run::rate).sorted().toArray();
        double[] cpus = runs.stream().mapToDouble(Run::cpu).sorted().toArray();
        return new Run(rates[rates.length / 2], cpus[cpus.length / 2]);
    }

    /**
     * What one run took.
     *
     * @param rate events per second
     * @param cpu microseconds of processor per event, making the events included
     */
    private record Run(double rate, double cpu) {}

    private Run run(int events, boolean linking) throws Exception {
        Path folder = Files.createTempDirectory("throughput");
        try (EventStore store = open(folder);
                LinkService links = links(store)) {
            if (linking) {
                links.start();
            }
            long started = System.nanoTime();
            long spent = SYSTEM.getProcessCpuTime();
            append(store, events);
            while (linking && links.statistics().position() < store.log().lastPosition()) {
                LockSupport.parkNanos(200_000);
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            double cpu = (SYSTEM.getProcessCpuTime() - spent) / 1e3 / events;
            if (linking && links.lastSequence() != events / 20) {
                throw new IllegalStateException(
                        links.lastSequence() + " links, not " + events / 20);
            }
            return new Run(events / seconds, cpu);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void append(EventStore store, int events) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        long from = next.getAndAdd(BATCH);
                                        while (from < events) {
                                            store.log().append(batch(from, BATCH));
                                            from = next.getAndAdd(BATCH);
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static List<AuditEvent> batch(long from, int size) {
        List<AuditEvent> batch = new ArrayList<>(size);
        Instant now = Instant.now();
        for (long i = from; i < from + size; i++) {
            batch.add(event(i, now));
        }
        return batch;
    }

    /** Of each twenty, one is a cause, one its effect, ten events later. */
    private static AuditEvent event(long number, Instant now) {
        long order = number / 20;
        long rule = order % RULES;
        String type =
                switch ((int) (number % 20)) {
                    case 3 -> "cause." + rule;
                    case 13 -> "effect." + rule;
                    default -> "market.price.updated";
                };
        return AuditEvent.builder("trading-system-engine", type)
                .id("event-%012d".formatted(number))
                .instance("trading-system-engine-1")
                .occurredAt(now.plusNanos(number % 20))
                .message("what happened, in a sentence as long as they usually are")
                .attribute("order_id", "order-" + order)
                .attribute("symbol", "BTC-USD")
                .attribute("price", 61_000.5)
                .build();
    }

    private void latency(int seconds) throws Exception {
        Path folder = Files.createTempDirectory("latency");
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        List<Long> waits = new ArrayList<>();
        try (EventStore store = open(folder);
                LinkService links = links(store)) {
            links.start();
            int events = RATE * seconds;
            Thread watcher =
                    Thread.ofVirtual().start(() -> watch(links, events / 20, acknowledged, waits));
            long started = System.nanoTime();
            AtomicLong next = new AtomicLong();
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                senders.add(
                        Thread.ofVirtual()
                                .start(() -> send(store, next, events, started, acknowledged)));
            }
            for (Thread sender : senders) {
                sender.join();
            }
            double took = (System.nanoTime() - started) / 1e9;
            watcher.join(Duration.ofSeconds(30));
            long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
            out.printf(
                    "at %,.0f events/s, acknowledged until visible, of %,d links:"
                            + " p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                    events / took,
                    sorted.length,
                    sorted[sorted.length / 2] / 1e6,
                    sorted[sorted.length * 99 / 100] / 1e6,
                    sorted[sorted.length - 1] / 1e6);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void send(
            EventStore store,
            AtomicLong next,
            int events,
            long started,
            Map<String, Long> acknowledged) {
        long from = next.getAndAdd(TOGETHER);
        while (from < events) {
            long due = started + from * 1_000_000_000L / RATE;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            List<AuditEvent> batch = batch(from, TOGETHER);
            store.log().append(batch);
            acknowledged.put(batch.get(13).id(), System.nanoTime());
            from = next.getAndAdd(TOGETHER);
        }
    }

    private static void watch(
            LinkService links, int expected, Map<String, Long> acknowledged, List<Long> waits) {
        long sequence = 0;
        try {
            while (waits.size() < expected && links.await(sequence, Duration.ofSeconds(20))) {
                FoundLinks some = links.linksAfter(sequence, 1_000);
                sequence = some.upTo();
                for (FoundLink found : some.links()) {
                    long seen = System.nanoTime();
                    Long at = acknowledged.remove(found.link().effectId());
                    // A link may be seen before the sender has its answer.
                    waits.add(at == null ? 0 : Math.max(0, seen - at));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EventStore open(Path folder) {
        Properties properties = new Properties();
        properties.setProperty("store.path", folder.toString());
        return EventStore.open(
                Settings.load(Optional.empty(), Map.of(), properties).settings().store(),
                StoreObserver.NONE,
                Time.system());
    }

    private LinkService links(EventStore store) {
        return LinkService.create(
                store.store(),
                new LinkSetup("audit-correlator", Optional.of(rules), LinkBounds.DEFAULT),
                LinkObserver.NONE,
                Time.system());
    }
}
