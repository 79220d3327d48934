package io.tradingecosystem.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.AccessControlLogEntry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A real Redis in a process of its own, on a free port that it keeps over restarts. Without a
 * {@code redis-server} on the PATH a test that starts one is skipped, or fails where {@code CI} is
 * set.
 */
public final class RedisServer implements AutoCloseable {
    private static final String EXECUTABLE = "redis-server";

    private final Path directory;
    private final int port;
    private final List<String> options;
    private final RedisClient client;
    private Optional<Process> process = Optional.empty();

    private RedisServer(Path directory, int port, List<String> options) {
        this.directory = directory;
        this.port = port;
        this.options = List.copyOf(options);
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setTestOnBorrow(true);
        this.client = RedisClient.builder().hostAndPort("127.0.0.1", port).poolConfig(pool).build();
    }

    /**
     * Starts one.
     *
     * @param options as on the command line of {@code redis-server}
     */
    public static RedisServer start(String... options) {
        RedisServer server = reserve(options);
        server.restart();
        return server;
    }

    /** Picks a port on which nothing listens until {@link #restart()}. */
    public static RedisServer reserve(String... options) {
        requireExecutable();
        try {
            return new RedisServer(
                    Files.createTempDirectory("redis"), freePort(), List.of(options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again with what it saved; with nothing, if it was killed. */
    public void restart() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                EXECUTABLE,
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--dir",
                                directory.toString(),
                                "--save",
                                "",
                                "--enable-debug-command",
                                "yes"));
        command.addAll(options);
        try {
            process =
                    Optional.of(
                            new ProcessBuilder(command)
                                    .redirectErrorStream(true)
                                    .redirectOutput(directory.resolve("log").toFile())
                                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(30)).until(this::accepts);
    }

    /** Writes everything to disk, for the next start. */
    public void save() {
        run(Jedis::save);
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.ifPresent(
                running -> {
                    running.destroyForcibly();
                    try {
                        assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        process = Optional.empty();
    }

    /** Stops it in its tracks (SIGSTOP): connections stay open and nothing answers. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        signal("-CONT");
    }

    /** For commands of the default user; connects again after a restart. */
    public RedisClient client() {
        return client;
    }

    /** The commands that access rules refused, as ACL LOG has them. */
    public List<AccessControlLogEntry> refusals() {
        return run(jedis -> jedis.aclLog());
    }

    /** Runs commands of the server's own on a connection of the default user. */
    public <T> T run(Function<Jedis, T> commands) {
        try (Jedis jedis = connect()) {
            return commands.apply(jedis);
        }
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** The address with a user and password. */
    public URI uri(String user, String password) {
        return URI.create("redis://" + user + ":" + password + "@127.0.0.1:" + port);
    }

    @Override
    public void close() {
        client.close();
        process.ifPresent(running -> thaw());
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Jedis connect() {
        return new Jedis(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().timeoutMillis(30_000).build());
    }

    private boolean accepts() {
        if (process.filter(Process::isAlive).isEmpty()) {
            fail("redis-server did not start: " + log());
        }
        try (Jedis jedis = connect()) {
            return !jedis.ping().isEmpty();
        } catch (JedisException e) {
            return String.valueOf(e.getMessage()).startsWith("NO");
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void signal(String signal) {
        process.ifPresent(
                running -> {
                    try {
                        String pid = Long.toString(running.pid());
                        Process kill = new ProcessBuilder("kill", signal, pid).start();
                        assertThat(kill.waitFor()).isZero();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** A port on which nothing listens at this moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireExecutable() {
        boolean found =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, EXECUTABLE)));
        if (!found && "true".equals(System.getenv("CI"))) {
            fail("no " + EXECUTABLE + " on the PATH: install it, CI does not skip these tests");
        }
        assumeTrue(found, "no " + EXECUTABLE + " on the PATH");
    }
}
