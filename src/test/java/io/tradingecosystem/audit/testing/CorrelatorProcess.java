package io.tradingecosystem.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The whole service in a process of its own, on ports of the system's choice on loopback. */
public final class CorrelatorProcess {
    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final int REMOTE_ADDRESS = 2;
    private static final int INODE = 9;

    private final Process process;
    private final Path log;

    private CorrelatorProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param instance its name
     * @param settings by key
     */
    public static CorrelatorProcess start(String instance, Map<String, String> settings)
            throws IOException {
        return start(List.of(), instance, settings);
    }

    /** The same for one that may have so many files open. */
    public static CorrelatorProcess startWithFiles(
            int files, String instance, Map<String, String> settings) throws IOException {
        String limited = "ulimit -n " + files + " && exec \"$@\"";
        return start(List.of("sh", "-c", limited, "sh"), instance, settings);
    }

    /** The same with more in its environment. */
    public static CorrelatorProcess startWith(
            Map<String, String> environment, String instance, Map<String, String> settings)
            throws IOException {
        List<String> before = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> before.add(name + "=" + value));
        return start(before, instance, settings);
    }

    private static CorrelatorProcess start(
            List<String> before, String instance, Map<String, String> settings) throws IOException {
        Path directory = Files.createTempDirectory(instance);
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(JAVA_HOME, "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.add("-Dservice.instance=" + instance);
        for (String listener : List.of("http", "grpc")) {
            command.add("-Dserver." + listener + ".port=0");
            command.add("-Dserver." + listener + ".host=127.0.0.1");
        }
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", absoluteClassPath()));
        command.add("io.tradingecosystem.audit.cli.Launcher");
        Path log = directory.resolve("log");
        return new CorrelatorProcess(
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Sends it SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Lets it have so many files open from now on, fewer than it has perhaps. */
    public void allowFiles(int files) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        Process limit =
                new ProcessBuilder("prlimit", "--pid", pid, "--nofile=" + files)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(limit.waitFor()).isZero();
    }

    /** The port of a door, by the name that the process gives it when it is ready. */
    public int port(String door, Duration max) {
        Pattern line = Pattern.compile("(?m)^  " + door + " .*:(\\d+)$");
        return await().atMost(max)
                .until(() -> port(line.matcher(log())), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<Integer> port(Matcher line) {
        return line.find() ? Optional.of(Integer.valueOf(line.group(1))) : Optional.empty();
    }

    /** Ends it at once, if it still runs. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end; gives its exit code. */
    public int exitCode(Duration max) throws InterruptedException {
        assertThat(process.waitFor(max.toNanos(), TimeUnit.NANOSECONDS)).as("it ended").isTrue();
        return process.exitValue();
    }

    /** What it has said so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends it in order and gives its exit code. */
    public int end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor() == 143 ? 0 : process.exitValue();
    }

    /** How many connections it has to any of these ports, by the kernel's count. */
    public int connectionsTo(Set<Integer> ports) throws IOException {
        Set<String> inodes = new HashSet<>();
        Path folder = Path.of("/proc/" + process.pid() + "/fd");
        try (Stream<Path> descriptors = Files.list(folder)) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.replaceAll("\\D", ""));
                    }
                } catch (IOException e) {
                    // Closed in the meantime.
                    continue;
                }
            }
        }
        int count = 0;
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net/" + table))) {
                String[] cells = line.strip().split("\\s+");
                if (cells.length > INODE && inodes.contains(cells[INODE])) {
                    String remote = cells[REMOTE_ADDRESS];
                    int port = Integer.parseInt(remote.substring(remote.indexOf(':') + 1), 16);
                    count += ports.contains(port) ? 1 : 0;
                }
            }
        }
        return count;
    }

    /** How many of its threads have such a name, virtual ones among them. */
    public int threads(String prefix) throws IOException, InterruptedException {
        Path dump = Files.createTempFile("threads", ".txt");
        Process jcmd =
                new ProcessBuilder(
                                Path.of(JAVA_HOME, "bin", "jcmd").toString(),
                                Long.toString(process.pid()),
                                "Thread.dump_to_file",
                                "-overwrite",
                                dump.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(jcmd.waitFor()).isZero();
        try (Stream<String> lines = Files.lines(dump)) {
            return (int) lines.filter(line -> line.matches("#\\d+ \"" + prefix + ".*")).count();
        } finally {
            Files.delete(dump);
        }
    }

    private static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":")) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(":", entries);
    }
}
