package io.tradingecosystem.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code src/test/python/peer.py}, a risk monitor in another language. */
public final class PythonPeer {
    private static final List<String> PYTHONS = List.of("target/ci-python/bin/python", "python3");

    private final Process process;
    private final BufferedReader out;
    private final int port;

    private PythonPeer(String kind) {
        try {
            process =
                    new ProcessBuilder(python().orElseThrow(), "src/test/python/peer.py", kind)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            out = process.inputReader(StandardCharsets.UTF_8);
            port = Integer.parseInt(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips a test where there is no Python with grpcio; fails it where {@code CI} is set. */
    public static void require() {
        boolean found = python().isPresent();
        if (!found && "true".equals(System.getenv("CI"))) {
            fail("no Python with grpcio and grpcio-health-checking: CI does not skip these tests");
        }
        assumeTrue(found, "no Python with grpcio and grpcio-health-checking");
    }

    /** One with gRPC health and risk.v1. */
    public static PythonPeer grpc() {
        return new PythonPeer("grpc");
    }

    /** One with a REST interface alone. */
    public static PythonPeer http() {
        return new PythonPeer("http");
    }

    public int port() {
        return port;
    }

    /** Changes what it does; the script says how. */
    public void tell(String command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            assertThat(out.readLine()).isEqualTo("done");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops it in its tracks (SIGSTOP): connections stay open and nothing answers. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        if (process.isAlive()) {
            signal("-CONT");
        }
    }

    private void signal(String signal) {
        try {
            String pid = Long.toString(process.pid());
            assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> python() {
        return PYTHONS.stream().filter(PythonPeer::hasGrpc).findFirst();
    }

    private static boolean hasGrpc(String python) {
        if (python.contains("/") && !Files.isExecutable(Path.of(python))) {
            return false;
        }
        try {
            return new ProcessBuilder(python, "-c", "import grpc, grpc_health.v1.health")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
