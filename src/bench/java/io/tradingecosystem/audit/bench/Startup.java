package io.tradingecosystem.audit.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The time from the start of the process to the first answer that says ready, that of the processor
 * until then, and the resident memory a second later, of {@code target/audit-correlator.jar} on the
 * Java that runs this, with several sets of flags. A first start makes the log and unpacks
 * RocksDB's library; the others find both, as after any restart. The last row is the start script
 * of the archive, after a first run that left its archive of classes. Linux only. Build the jar
 * first; the argument is the number of starts in each row.
 *
 * <p>Goals on two cores: 2 s and 3 s of the processor without flags, 0.8 s with the script.
 */
public final class Startup {
    private static final String RUNS = "7";
    private static final Path JAR = Path.of("target/audit-correlator.jar").toAbsolutePath();

    private static int runs;

    private Startup() {}

    public static void main(String[] arguments) throws Exception {
        runs = Integer.parseInt(arguments.length > 0 ? arguments[0] : RUNS);
        Path work = Files.createTempDirectory("startup");
        String archive = "-XX:SharedArchiveFile=" + work.resolve("app.jsa");
        List<String> readme = List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx512m");
        List<String> small = plus(readme, "-XX:TieredStopAtLevel=1");

        System.out.printf(
                Locale.ROOT,
                "Java %s%n%-34s %10s %10s %10s%n",
                Runtime.version(),
                "",
                "ready",
                "processor",
                "RSS");
        first(work, "no flags, first start", List.of());
        measure(work, "no flags", List.of());
        measure(work, "SerialGC, heap 32 to 512 MiB", readme);
        measure(work, "the same, C1 only", small);

        train(work, plus(readme, "-XX:ArchiveClassesAtExit=" + work.resolve("app.jsa")));
        measure(work, "the same, CDS archive", plus(readme, archive));
        if (Runtime.version().feature() >= 25) {
            String cache = "-XX:AOTCache=" + work.resolve("app.aot");
            train(work, plus(readme, "-XX:AOTCacheOutput=" + work.resolve("app.aot")));
            first(work, "the same, AOT cache, first start", plus(readme, cache));
            measure(work, "the same, AOT cache", plus(readme, cache));
            measure(work, "the same, AOT cache, C1 only", plus(small, cache));
        }
        List<String> script = List.of(unpacked(work).toString());
        measureCommand(work, "bin/audit-correlator", script);
    }

    /** The start script of the archive, unpacked. */
    private static Path unpacked(Path work) throws Exception {
        try (Stream<Path> files = Files.list(JAR.resolveSibling(""))) {
            Path archive =
                    files.filter(file -> file.toString().endsWith(".tar"))
                            .findFirst()
                            .orElseThrow();
            new ProcessBuilder("tar", "xf", archive.toString(), "--strip-components=1")
                    .directory(work.toFile())
                    .start()
                    .waitFor();
        }
        return work.resolve("bin/audit-correlator");
    }

    /** Starts in an empty directory each time. */
    private static void first(Path work, String name, List<String> flags) throws Exception {
        measure(name, java(flags), () -> Files.createTempDirectory(work, "run"));
    }

    /** Starts where another start was before. */
    private static void measure(Path work, String name, List<String> flags) throws Exception {
        measureCommand(work, name, java(flags));
    }

    private static void measureCommand(Path work, String name, List<String> command)
            throws Exception {
        Path data = Files.createTempDirectory(work, "run");
        run(data, command);
        measure(name, command, () -> data);
    }

    private static void train(Path work, List<String> flags) throws Exception {
        run(Files.createTempDirectory(work, "run"), java(flags));
    }

    private static void measure(String name, List<String> command, Callable<Path> data)
            throws Exception {
        double[] millis = new double[runs];
        double[] processor = new double[runs];
        double[] mebibytes = new double[runs];
        for (int i = 0; i < runs; i++) {
            Start start = run(data.call(), command);
            millis[i] = start.millis();
            processor[i] = start.processorMillis();
            mebibytes[i] = start.mebibytes();
        }
        System.out.printf(
                Locale.ROOT,
                "%-34s %7.0f ms %7.0f ms %6.0f MiB%n",
                name,
                median(millis),
                median(processor),
                median(mebibytes));
    }

    private static List<String> java(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    private static Start run(Path data, List<String> command) throws Exception {
        int http = freePort();
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(data.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(data.resolve("out").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HTTP_PORT", String.valueOf(http));
        builder.environment().put("GRPC_PORT", "0");
        builder.environment().put("REGISTRY_BACKEND", "in-process");
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            URI ready = URI.create("http://127.0.0.1:" + http + "/health/ready");
            while (!answers(ready, 500)) {
                if (!process.isAlive()) {
                    throw new IOException(Files.readString(data.resolve("out")));
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
            double millis = (System.nanoTime() - start) / 1e6;
            double processor =
                    process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
            TimeUnit.SECONDS.sleep(1);
            double resident = resident(process.pid());
            for (String path : List.of("/", "/health", "/metrics", "/api/v1/status")) {
                if (!answers(ready.resolve(path), 30_000)) {
                    throw new IOException("no answer from " + path);
                }
            }
            return new Start(millis, processor, resident);
        } finally {
            process.destroy();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        }
    }

    private static boolean answers(URI uri, int timeoutMillis) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(timeoutMillis);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            // Not yet.
            return false;
        }
    }

    private static double resident(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static List<String> plus(List<String> flags, String more) {
        return Stream.concat(flags.stream(), Stream.of(more)).toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private record Start(double millis, double processorMillis, double mebibytes) {}
}
